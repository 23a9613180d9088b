// What the caller itself may do with a table, column by column: what a page about the table shows to whom it is shown.
//
// Invariants:
//  1. Columns are those that GetTable describes to the caller, and no other column is named: not by a row filter, not by
//     a grant.
//  2. It is the Decision of the same question that GetTable asks, through the same gates and with the same record.
//
// Errors: those of GetTable, for a table that is hidden or not there. In a list both are AccessLevel::none.
//
// Threads: the Call's.
#pragma once
#include <string>
#include <vector>

#include "app/catalog/databases.h"
#include "app/catalog/governed_table.h"
#include "app/explain/table_access.h"

namespace weir::app {

enum class ColumnAccess {
  none,     // described: its data is hidden
  partial,  // some fields of a struct
  masked,   // hidden in some of the rows that are shown
  rows,     // shown in every row that is shown; not all of them are
  full,     // every cell
};

struct MyColumn {
  std::string name, type;
  bool partition_key = false;
  ColumnAccess access = ColumnAccess::none;
  bool grantable = false;  // SELECT on it may be passed on
};

struct MyAccess {
  names::TableName name;  // where a resource link leads
  AccessLevel level = AccessLevel::none;
  permissions::PrivilegeSet privileges, grantable;
  std::vector<MyColumn> columns;
  bool all_rows = false;
  // The rows that are shown, when not all of them are and the filter names no hidden column; else empty.
  std::string row_filter;
  std::vector<permissions::Because> through;  // what counts; details may name what is hidden
};

base::Result<MyAccess> my_access(Call& call, const names::TableName& name);

inline constexpr size_t kMyTablesMax = 100;
// One level for each name, in their order, of tables of one database.
base::Result<std::vector<AccessLevel>> my_access_to(Call& call, const DatabaseName& database,
                                                    const std::vector<std::string>& tables);

}  // namespace weir::app
