// A choice of columns of one table: a list, or everything but a list. The algebra of column grants.
// Data cells filters may also list fields of structs; then a column can be in the set in part.
//
// Names are compared without regard to ASCII case, as Hive does, and kept lower-case and sorted.
// INVARIANTS
// 1. A default-made set contains nothing.
// 2. Nothing is listed that lies inside something else that is listed.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/record.h"
#include "permissions/column_path.h"

namespace weir::permissions {

// How much of what lies at a path is in a set.
enum class Share { none, part, whole };

class ColumnSet {
 public:
  ColumnSet() = default;
  static ColumnSet only(const std::vector<std::string>& names) { return ColumnSet(false, names, {}); }
  static ColumnSet all_except(const std::vector<std::string>& names) { return ColumnSet(true, names, {}); }
  static ColumnSet all() { return all_except({}); }
  // The same with fields among them.
  static ColumnSet only_paths(const std::vector<ColumnPath>& paths) { return of_paths(false, paths); }
  static ColumnSet all_except_paths(const std::vector<ColumnPath>& paths) { return of_paths(true, paths); }

  // `lower` is the column's name in lower case; true for the column as a whole.
  bool contains(std::string_view lower) const;
  Share share_of(const ColumnPath& lower) const;
  bool is_all() const { return except_ && names_.empty() && fields_.empty(); }
  bool is_empty() const { return !except_ && names_.empty() && fields_.empty(); }
  bool is_exclusion() const { return except_; }
  const std::vector<std::string>& names() const { return names_; }   // the list, included or excluded: its columns
  const std::vector<ColumnPath>& fields() const { return fields_; }  // and its fields
  std::vector<std::string> spelled_list() const;                     // both, as the wire spells them

  // Of sets of whole columns; a set that lists fields is never united, it stays a source of its own.
  ColumnSet united(const ColumnSet& other) const;
  ColumnSet without(const ColumnSet& other) const;
  bool subset_of(const ColumnSet& other) const;
  std::string text() const;  // "id, amount" or "* - ssn" or "*"
  bool operator==(const ColumnSet&) const = default;

 private:
  ColumnSet(bool except, const std::vector<std::string>& names, const std::vector<ColumnPath>& fields);
  static ColumnSet of_paths(bool except, const std::vector<ColumnPath>& paths);
  bool lists(std::string_view lower) const;
  bool lists_inside(std::string_view lower) const;

  bool except_ = false;
  std::vector<std::string> names_;
  std::vector<ColumnPath> fields_;  // two names or more
};

base::Json to_json(const ColumnSet& set);
base::Status from_json(const base::Json& json, ColumnSet& set);

}  // namespace weir::permissions
