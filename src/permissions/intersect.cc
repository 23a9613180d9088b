#include "permissions/intersect.h"

#include <algorithm>

#include "base/text.h"
#include "permissions/row_choice.h"

namespace weir::permissions {
namespace {

using catalog::PredicatePtr;
using Columns = std::vector<VisibleColumn>;

PredicatePtr both(const PredicatePtr& a, const PredicatePtr& b) {
  if (!a || !b) return catalog::never();
  return a == b ? a : all_of_once({a, b});
}

const VisibleColumn* find(const Columns& columns, const std::string& name) {
  for (const auto& column : columns)
    if (base::equal_ignoring_case(column.name, name)) return &column;
  return nullptr;
}

VisibleColumn restricted(VisibleColumn column, const PredicatePtr& rows) {
  column.visible_when = both(column.visible_when, rows);
  if (column.fields)
    for (auto& field : *column.fields) field = restricted(std::move(field), rows);
  return column;
}

std::optional<VisibleColumn> both(const VisibleColumn& a, const VisibleColumn& b);

Columns both(const Columns& a, const Columns& b) {
  Columns out;
  for (const auto& column : a)
    if (const auto* other = find(b, column.name))
      if (auto shown = both(column, *other)) out.push_back(std::move(*shown));
  return out;
}

std::optional<VisibleColumn> both(const VisibleColumn& a, const VisibleColumn& b) {
  if (!b.fields) return restricted(a, b.visible_when);
  if (!a.fields) return restricted(b, a.visible_when);
  VisibleColumn out{a.name, {}, both(*a.fields, *b.fields), a.partition_key};
  if (out.fields->empty()) return std::nullopt;
  std::vector<PredicatePtr> any;
  for (const auto& field : *out.fields) any.push_back(field.visible_when);
  out.visible_when = any_of_once(std::move(any));
  return out;
}

}  // namespace

TableView intersected(const TableView& a, const TableView& b) {
  TableView out;
  out.columns = both(a.columns, b.columns);
  // Partition keys alone are not a view.
  if (std::all_of(out.columns.begin(), out.columns.end(), [](const auto& column) { return column.partition_key; }))
    return {};
  out.row_filter = both(a.row_filter, b.row_filter);
  out.all_columns = a.all_columns && b.all_columns;
  out.all_rows = catalog::is_always(out.row_filter);
  return out;
}

}  // namespace weir::permissions
