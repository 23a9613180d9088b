// What somebody may do with one thing, before and after, and the difference in words a person can judge:
// who gains and who loses which permissions, columns and rows.
//
// The difference of rows is told by comparing predicates: where it cannot be shown that the rows seen before are
// among those seen after, a loss is reported; never the other way round.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "permissions/decide.h"

namespace weir::app {

struct Access {
  permissions::PrivilegeSet privileges;        // each one decide() allows
  permissions::PrivilegeSet grant_option;      // each one can_grant() lets pass on
  std::vector<permissions::VisibleLeaf> data;  // columns, or fields of them, and the rows they are shown in
  std::vector<std::string> described;          // columns that descriptions show
};

// What decide() and can_grant() answer to every question about `asked.resource`; which privilege it asks for does not
// matter. Nobody has access to a table without a schema: it is not there.
Access access_of(const permissions::Question& asked, const permissions::Snapshot& snapshot);

// One row of the answer.
struct AccessChange {
  std::string principal;
  std::string resource;
  permissions::PrivilegeSet privileges;
  permissions::PrivilegeSet grant_option;
  std::vector<std::string> columns;           // whose data is shown, or no longer; fields by their path
  std::string rows_before, rows_after;        // of those columns: none, all, or a predicate
  std::vector<std::string> metadata_columns;  // whose name and type are shown, or no longer
  std::string administration;                 // "data lake administrator"
  std::string condition;                      // the change is for sessions whose tags satisfy it
};

struct AccessChanges {
  std::vector<AccessChange> gains, losses;
};

// Adds the rows for one principal and one resource; none when nothing differs.
void compare(const std::string& principal, const std::string& resource, const Access& before, const Access& after,
             AccessChanges& into);

// Whether every row that `some` admits is surely admitted by `all`. Null admits nothing.
bool surely_within(const catalog::PredicatePtr& some, const catalog::PredicatePtr& all);

}  // namespace weir::app
