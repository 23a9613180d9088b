// Whether one view of a table shows all that another shows: for answers that were made under an earlier view.
//
// Invariant: true only when it can be shown. Filters are compared as they are written, so a wider one that is not
// everything reads as another one.
#pragma once
#include "permissions/table_view.h"

namespace weir::permissions {

bool covers(const TableView& wider, const TableView& view);

}  // namespace weir::permissions
