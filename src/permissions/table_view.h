// What one caller may see of one table: the answer every door renders.
//
// INVARIANT: a default-made view shows nothing.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/predicate.h"
#include "permissions/column_path.h"

namespace weir::permissions {

// The level an engine must support to enforce a view; ordered, each includes the earlier ones.
enum class EnforcementLevel { none, column, cell_filter, nested, nested_cell };

// A column, or a field inside a struct.
struct VisibleColumn {
  std::string name = {};  // as in the schema
  // The cell is visible in rows where this holds; always() when never hidden in a visible row.
  catalog::PredicatePtr visible_when = {};
  // Of a struct that is visible in part, the fields that are, each where its own predicate holds; then
  // visible_when is their disjunction. Whether the struct itself is NULL is visible with any of them.
  std::optional<std::vector<VisibleColumn>> fields = {};  // absent: all of it; empty: nothing
  bool partition_key = false;
};

struct TableView {
  std::vector<VisibleColumn> columns;  // in schema order, partition keys included; empty: metadata only
  // Rows where this holds are visible; it is implied by every column's visible_when.
  catalog::PredicatePtr row_filter;  // null reads as never()
  bool all_columns = false;          // each of them whole; some cells may be hidden still
  bool all_rows = false;             // the same
  EnforcementLevel level() const;
  // Every cell of every row: what an engine that filters nothing may be given.
  bool shows_everything() const { return all_columns && all_rows && level() == EnforcementLevel::none; }
  // Whether some visible row hides a cell that is visible there: false means the row filter alone is enough for it.
  bool masks(const catalog::PredicatePtr& visible_when) const;
  bool masks(const VisibleColumn& column) const;  // the column's cell or any part of it
};

// The smallest parts that are visible as a whole: the column itself, or fields of it.
struct VisibleLeaf {
  ColumnPath path;
  catalog::PredicatePtr visible_when;
};
std::vector<VisibleLeaf> leaves_of(const VisibleColumn& column);
std::vector<VisibleLeaf> leaves_of(const TableView& view);

// The type text with the visible fields alone: struct<zip:string>. Nothing when the type has none of them.
std::optional<std::string> narrowed_type(std::string_view type, const VisibleColumn& column);

}  // namespace weir::permissions
