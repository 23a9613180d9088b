// What one caller may see of one table: the answer every door renders.
//
// INVARIANT: a default-made view shows nothing.
#pragma once
#include <string>
#include <vector>

#include "catalog/predicate.h"

namespace weir::permissions {

// The level an engine must support to enforce a view; ordered, each includes the earlier ones.
enum class EnforcementLevel { none, column, cell_filter, nested, nested_cell };

struct VisibleColumn {
  std::string name;  // top-level column, as in the schema
  // The cell is visible in rows where this holds; always() when never hidden in a visible row.
  catalog::PredicatePtr visible_when;
};

struct TableView {
  std::vector<VisibleColumn> columns;  // in schema order, partition keys included; empty: metadata only
  // Rows where this holds are visible; it is implied by every column's visible_when.
  catalog::PredicatePtr row_filter;  // null reads as never()
  bool all_columns = false;
  bool all_rows = false;
  EnforcementLevel level() const;
  // Whether some visible row hides the column's cell: false means the row filter alone is enough for it.
  bool masks(const VisibleColumn& column) const;
};

}  // namespace weir::permissions
