// Snapshot: everything Lake Formation knows of one account, ready for decisions, as one immutable value.
//
// It is made by apply(), one store change after another: the same function loads an account at start
// and follows commits later. Copying costs a few pointers and applying a change to a copy costs that
// change, so a publisher copies, applies and hands out a shared_ptr<const Snapshot>; readers never lock.
//
// Invariants:
//  1. After any order of changes the snapshot equals one loaded from the resulting store.
//  2. What apply() cannot read is an error and changes nothing: the publisher must then stop answering.
//  3. Tables are not in it. Names of principals and objects are interned while something is granted
//     to them or on them, and forgotten with the last grant.
//  4. What is held on terms (terms.h) is held by a principal of its own, the pair of both. A stored condition
//     that cannot be read never holds.
//  5. What other accounts passed on inside themselves of this account's resources is in it, too: said in this account's
//     names, held locally to them.
//
// Threads: const members from any thread; apply() on a copy nobody else sees yet.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/shared_map.h"
#include "permissions/condition.h"
#include "permissions/data_cells_filter.h"
#include "permissions/grant.h"
#include "permissions/interned_names.h"
#include "permissions/location.h"
#include "permissions/settings.h"
#include "permissions/tag_index.h"
#include "permissions/terms.h"

namespace weir::permissions {

enum class PrincipalId : uint32_t { none = 0 };
enum class ObjectId : uint32_t { none = 0 };

struct HeldFilter {
  std::string name;
  PrivilegeSet privileges;
  PrivilegeSet grant_option;
};

// Grants on parts of a table.
struct PartialGrants {
  ColumnSet columns;                // SELECT on these
  ColumnSet grantable;              // and may pass it on for these
  std::vector<HeldFilter> filters;  // by name
  bool empty() const { return columns.is_empty() && filters.empty(); }
};

// What one principal holds on one object.
struct Held {
  PrivilegeSet privileges;
  PrivilegeSet grant_option;
  std::shared_ptr<const PartialGrants> partial;  // tables only; null when there are none
  bool empty() const { return privileges.empty() && !partial; }
};

// A principal on terms.
struct PrincipalOnTerms {
  PrincipalId id;
  std::string text;  // for people: "PRINCIPAL when CONDITION"
  Terms terms;
  std::optional<Condition> condition_read;  // absent: there is none, or it cannot be read and never holds
  bool holds(const PrincipalTags& tags) const {
    return terms.condition.empty() || (condition_read && condition_read->holds(tags));
  }
};
using PrincipalsOnTerms = std::vector<std::shared_ptr<const PrincipalOnTerms>>;

class Snapshot {
 public:
  explicit Snapshot(std::string account) : account_(std::move(account)) {}

  // A key that concerned() names this account for, and its new value; no value: erased. Nouns of later versions are
  // passed over: everything held here only ever adds access, so what is not understood denies.
  base::Status apply(std::string_view key, const std::optional<std::string>& value);

  const std::string& account() const { return account_; }
  const DataLakeSettings& settings() const { return *settings_; }
  int64_t revision() const { return revision_; }
  size_t grant_count() const { return grant_count_; }

  PrincipalId principal(std::string_view text) const;   // without terms
  PrincipalId everybody() const { return everybody_; }  // IAM_ALLOWED_PRINCIPALS; every decision asks
  // What the principal may be on terms; null when nothing is held so.
  const PrincipalsOnTerms* on_terms(std::string_view principal) const;
  // visit(principal, terms) for everyone who holds something or has opted in, in no order; the terms may be empty.
  template <class Visit>
  void each_principal(Visit&& visit) const;
  ObjectId catalog() const;
  ObjectId database(std::string_view name) const;
  ObjectId all_tables(std::string_view database) const;
  ObjectId table(std::string_view database, std::string_view name) const;
  ObjectId location(const names::S3Path& canonical_place) const;
  ObjectId tag(std::string_view key, std::string_view value) const;  // kAnyTagValue: the key and all its values
  ObjectId expression(std::string_view name) const;

  // Null when the principal holds nothing on the object, and for `none` of either.
  const Held* held(PrincipalId principal, ObjectId object) const;
  // Whether the principal holds anything on the database or anything in it, policies over LF-Tags included.
  bool reaches(PrincipalId principal, std::string_view database) const;
  const CompiledFilter* filter(ObjectId table, std::string_view name) const;  // the owner's
  // What an account means by a filter's name: its own on the table, else the owner's.
  const CompiledFilter* filter(ObjectId table, std::string_view name, std::string_view local_to) const;
  // The registration with the longest path that covers `place`; null when none does.
  const Location* governing(const names::S3Path& place) const;
  // Whether the principal registered any location with privileged access.
  bool has_privileged_location(std::string_view principal) const {
    return !privileged_.empty() && privileged_.find(principal) != 0;
  }
  // Whether this very object is one that the principal opted in on.
  bool opted_in(PrincipalId principal, ObjectId object) const;

  // What LF-Tags say, in the numbers of this snapshot.
  const TagIndex& tags() const { return tags_; }
  TagPairs tags_of(ObjectId database) const { return tags_.of_database(number(database)); }
  TableTags tags_of(ObjectId database, ObjectId table) const { return tags_.of_table(number(database), number(table)); }
  template <class Visit>  // visit(const HeldPolicy&) until it says true
  bool any_policy(PrincipalId principal, PolicyTarget on, Visit&& visit) const {
    return tags_.any_policy(static_cast<uint32_t>(principal), on, std::forward<Visit>(visit));
  }
  // The tags that a database, a table or (with `column`) a column has, by key: its own over inherited ones.
  std::vector<EffectiveTag> tags_at(std::string_view database, std::string_view table = {},
                                    std::string_view column = {}) const;
  size_t location_count() const { return locations_.size(); }

 private:
  using Filters = std::vector<std::shared_ptr<const CompiledFilter>>;  // by name and the account that made it
  // Where a resource's grants are kept: the object's text, and the database it lies in, if any.
  struct Anchor;

  base::Status apply_own(const std::vector<std::string>& parts, const std::optional<std::string>& value);
  base::Status apply_grant(const std::vector<std::string>& parts, const std::optional<std::string>& value);
  struct FilterName;
  base::Status apply_filter(const FilterName& named, const std::optional<std::string>& value);
  base::Status apply_location(const std::vector<std::string>& parts, const std::optional<std::string>& value);
  base::Status apply_settings(const std::optional<std::string>& value);
  base::Status apply_revision(const std::optional<std::string>& value);
  base::Status apply_tag(const std::vector<std::string>& parts, const std::optional<std::string>& value);
  base::Status apply_tag_at(const std::vector<std::string>& parts, const std::optional<std::string>& value);
  base::Status apply_tag_expression(const std::vector<std::string>& parts, const std::optional<std::string>& value);
  base::Status apply_opt_in(const std::vector<std::string>& parts, const std::optional<std::string>& value);
  void store_policy(const std::string& principal, const Resource& policy, const Grant* grant);
  // A principal's text, folded with its terms when there are some: how it is interned.
  uint32_t hold_principal(const std::string& text);
  void release_principal(const std::string& text);
  static uint32_t number(ObjectId id) { return static_cast<uint32_t>(id); }
  void store_held(const std::string& principal, const Anchor& anchor, Held held);
  void add_held(const std::string& principal, const Anchor& anchor, Held held);
  void drop_held(const std::string& principal, const Anchor& anchor, uint64_t key);
  void count_reach(uint64_t key, int by);
  ObjectId object(std::string_view text) const;

  std::string account_;
  int64_t revision_ = 0;
  size_t grant_count_ = 0;
  std::shared_ptr<const DataLakeSettings> settings_ = std::make_shared<DataLakeSettings>();
  InternedNames principals_;
  PrincipalId everybody_ = PrincipalId::none;
  InternedNames objects_;
  InternedNames privileged_;  // who registered locations with privileged access
  base::SharedMap<InternedNames::Name, std::shared_ptr<const PrincipalsOnTerms>, InternedNames::NameHash>
      on_terms_;                                                       // by the principal's text alone
  base::SharedMap<uint64_t, Held> held_;                               // principal and object
  base::SharedMap<uint64_t, uint32_t> reach_;                          // principal and database: objects held in it
  base::SharedMap<uint64_t, bool> opt_ins_;                            // principal and object
  base::SharedMap<uint32_t, std::shared_ptr<const Filters>> filters_;  // by table
  base::SharedMap<InternedNames::Name, std::shared_ptr<const Location>, InternedNames::NameHash> locations_;  // by URL
  TagIndex tags_;
};

template <class Visit>
void Snapshot::each_principal(Visit&& visit) const {
  principals_.for_each([&](std::string_view text, uint32_t) {
    if (terms_at(text) == std::string_view::npos) return visit(text, Terms());
    auto holder = unfolded(text);
    visit(std::string_view(holder.principal), holder.terms);
  });
}

}  // namespace weir::permissions
