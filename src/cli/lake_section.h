// The sections of a lake document: what a lake is made of, in the order in which it can be built.
//
// Each item is the request of the AWS operation that makes it. An item's atoms are what can be there or not, one by
// one: a table and each of its partition indexes, a grant's permissions one by one. Two lakes are equal when their
// atoms are. Pure. Any thread.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "wire/shape.h"

namespace weir::cli {

struct Atom {
  std::string id;  // "table", database and name, joined by kBetween: unique in a lake
  std::string value;
};
inline constexpr char kBetween = '\x1f';
std::string atom_id(std::initializer_list<std::string_view> parts);

struct Section {
  std::string_view name;       // the document's member
  std::string_view service;    // glue, lakeformation, iam
  std::string_view operation;  // whose request an item is
  std::string_view noun;       // of one item, in messages
  // The first atom is the item itself: an item whose first atom is absent has to be made.
  std::vector<Atom> (*atoms)(const base::Json& item);

  bool is_iam() const { return service == "iam"; }
  const wire::Shape& shape() const;
};

std::span<const Section> sections();
const Section* find_section(std::string_view name);

// Items in one spelling: members in the model's order, sets sorted, the account's own catalog not named.
base::Json canonical(const Section& section, const base::Json& item, std::string_view own_account);

// "table sales.orders", "grant to arn:... on {...}".
std::string name_of(const Section& section, const base::Json& item);

// The ids of the atoms that must be there before the item.
std::vector<std::string> references(const Section& section, const base::Json& item);

// Who the item names: grantees, administrators, the role of a location.
std::vector<std::string> principals(const Section& section, const base::Json& item);

}  // namespace weir::cli
