// A choice of columns of one table: a list, or everything but a list. The algebra of column grants.
//
// Names are compared without regard to ASCII case, as Hive does, and kept lower-case and sorted.
// INVARIANT: a default-made set contains nothing.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/record.h"

namespace weir::permissions {

class ColumnSet {
 public:
  ColumnSet() = default;
  static ColumnSet only(const std::vector<std::string>& names) { return ColumnSet(false, names); }
  static ColumnSet all_except(const std::vector<std::string>& names) { return ColumnSet(true, names); }
  static ColumnSet all() { return all_except({}); }

  // `lower` is the column's name in lower case.
  bool contains(std::string_view lower) const { return lists(lower) != except_; }
  bool is_all() const { return except_ && names_.empty(); }
  bool is_empty() const { return !except_ && names_.empty(); }
  bool is_exclusion() const { return except_; }
  const std::vector<std::string>& names() const { return names_; }  // the list, included or excluded

  ColumnSet united(const ColumnSet& other) const;
  ColumnSet without(const ColumnSet& other) const;
  bool subset_of(const ColumnSet& other) const;
  std::string text() const;  // "id, amount" or "* - ssn" or "*"
  bool operator==(const ColumnSet&) const = default;

 private:
  ColumnSet(bool except, const std::vector<std::string>& names);
  bool lists(std::string_view lower) const;

  bool except_ = false;
  std::vector<std::string> names_;
};

base::Json to_json(const ColumnSet& set);
base::Status from_json(const base::Json& json, ColumnSet& set);

}  // namespace weir::permissions
