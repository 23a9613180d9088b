// From sources of SELECT to one view of a table: lakeformation.md 3.4.
//
// Let each source s show columns C_s in rows R_s. A row is visible where any R_s holds; the cell of
// column c where any R_s of a source with c in C_s holds. Inside an account sources are never intersected.
// The fields of a struct are columns in this sense where a source shows only some of them.
#pragma once
#include <vector>

#include "permissions/column_set.h"
#include "permissions/table_facts.h"
#include "permissions/table_view.h"

namespace weir::permissions {

struct ViewSource {
  ColumnSet columns;
  catalog::PredicatePtr rows;
};

// Partition keys are visible with any other column. A source of which no column is left shows nothing, no rows
// either. No sources: the view that shows nothing.
TableView view_of(const TableFacts& table, const std::vector<ViewSource>& sources);
// The other way round: sources of which view_of() makes what the view shows, each row where some of its cells are
// visible. What two accounts show both becomes a source beside others so.
std::vector<ViewSource> sources_of(const TableView& view);
// Everything in it.
TableView whole_view(const TableFacts& table);

}  // namespace weir::permissions
