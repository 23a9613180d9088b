// What two views of one table show both: for a table shared by another account, whose grant to the account and
// whose grant inside it must each allow (lakeformation.md 2.9, 3.4).
//
// A column, field, row or cell is in the answer where both show it. Nothing is ever added.
#pragma once
#include "permissions/table_view.h"

namespace weir::permissions {

TableView intersected(const TableView& a, const TableView& b);

}  // namespace weir::permissions
