#include "permissions/table_view.h"

#include <algorithm>

#include "base/text.h"
#include "catalog/column_type.h"

namespace weir::permissions {
namespace {

void gather(const VisibleColumn& column, ColumnPath& path, std::vector<VisibleLeaf>& into) {
  path.push_back(column.name);
  if (!column.fields) into.push_back({path, column.visible_when});
  if (column.fields)
    for (const auto& field : *column.fields) gather(field, path, into);
  path.pop_back();
}

bool alike(const catalog::PredicatePtr& a, const catalog::PredicatePtr& b) {
  return a == b || (a && b && catalog::same(*a, *b));
}

// Whether parts of the column are visible in different rows.
bool differs_inside(const VisibleColumn& column) {
  auto leaves = leaves_of(column);
  return std::any_of(leaves.begin(), leaves.end(),
                     [&](const auto& leaf) { return !alike(leaf.visible_when, leaves.front().visible_when); });
}

const VisibleColumn* find(const std::vector<VisibleColumn>& fields, std::string_view name) {
  for (const auto& field : fields)
    if (base::equal_ignoring_case(field.name, name)) return &field;
  return nullptr;
}

}  // namespace

EnforcementLevel TableView::level() const {
  if (columns.empty()) return EnforcementLevel::none;
  auto any = [&](const auto& test) { return std::any_of(columns.begin(), columns.end(), test); };
  if (any([](const auto& column) { return column.fields && differs_inside(column); }))
    return EnforcementLevel::nested_cell;
  if (any([](const auto& column) { return column.fields.has_value(); })) return EnforcementLevel::nested;
  if (!all_rows || any([&](const auto& column) { return masks(column); })) return EnforcementLevel::cell_filter;
  return all_columns ? EnforcementLevel::none : EnforcementLevel::column;
}

bool TableView::masks(const catalog::PredicatePtr& visible_when) const {
  if (!visible_when || !row_filter) return true;
  if (visible_when == row_filter || catalog::is_always(visible_when)) return false;
  return !catalog::same(*visible_when, *row_filter);
}

bool TableView::masks(const VisibleColumn& column) const {
  if (!column.fields) return masks(column.visible_when);
  return std::any_of(column.fields->begin(), column.fields->end(), [&](const auto& field) { return masks(field); });
}

std::vector<VisibleLeaf> leaves_of(const VisibleColumn& column) {
  std::vector<VisibleLeaf> leaves;
  ColumnPath path;
  gather(column, path, leaves);
  return leaves;
}

std::vector<VisibleLeaf> leaves_of(const TableView& view) {
  std::vector<VisibleLeaf> leaves;
  ColumnPath path;
  for (const auto& column : view.columns) gather(column, path, leaves);
  return leaves;
}

std::optional<std::string> narrowed_type(std::string_view type, const VisibleColumn& column) {
  if (!column.fields) return std::string(type);
  auto fields = catalog::fields_of(type);
  if (!fields) return std::nullopt;
  std::vector<std::string> shown;
  for (const auto& field : *fields) {
    const auto* visible = find(*column.fields, field.name);
    auto narrowed = visible ? narrowed_type(field.type, *visible) : std::nullopt;
    if (narrowed) shown.push_back(field.name + ":" + *narrowed);
  }
  if (shown.empty()) return std::nullopt;
  return "struct<" + base::join(shown, ",") + ">";
}

}  // namespace weir::permissions
