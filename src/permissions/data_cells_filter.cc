#include "permissions/data_cells_filter.h"

#include <algorithm>

#include "base/text.h"
#include "catalog/column_type.h"
#include "permissions/resource.h"

namespace weir::permissions {
namespace {

using base::invalid;
using base::Result;
using base::Status;
using catalog::Dialect;
using catalog::PredicatePtr;

Result<ColumnSet> columns_of(const FilterInput& input) {
  if (input.column_names && input.excluded_columns)
    return invalid(
        "Data cells filter cannot have both column wildcard expression and column names. Send ColumnNames "
        "or ColumnWildcard, not both.",
        "data cells filter");
  if (!input.excluded_columns && (!input.column_names || input.column_names->empty()))
    return invalid("Data cells filter needs ColumnNames or ColumnWildcard.", "data cells filter");
  std::vector<ColumnPath> paths;
  for (const auto& text : input.excluded_columns ? *input.excluded_columns : *input.column_names) {
    WEIR_TRY(paths.emplace_back(), parse_column_path(text));
  }
  return input.excluded_columns ? ColumnSet::all_except_paths(paths) : ColumnSet::only_paths(paths);
}

enum class Found { no, once, ambiguously };

// Follows the names from the column into structs; arrays and maps are not entered.
Found find(const ColumnPath& path, const TableFacts& table) {
  const auto* column = table.find(path.front());
  if (!column) return Found::no;
  std::string type = column->type;
  for (size_t i = 1; i < path.size(); ++i) {
    auto fields = column->partition_key ? std::nullopt : catalog::fields_of(type);
    if (!fields) return Found::no;
    std::erase_if(*fields, [&](const auto& field) { return !base::equal_ignoring_case(field.name, path[i]); });
    if (fields->empty()) return Found::no;
    if (fields->size() > 1) return Found::ambiguously;
    type = fields->front().type;
  }
  return Found::once;
}

Status check_columns(const ColumnSet& columns, const TableFacts& table) {
  for (const auto& name : columns.names()) {
    const auto* column = table.find(name);
    if (!column) return invalid("The table has no column " + spelled({name}), "column");
    if (column->partition_key)
      return invalid("Partition key " + name + " cannot be included or excluded; it may appear in the row expression.",
                     "column");
  }
  for (const auto& path : columns.fields()) {
    auto found = find(path, table);
    if (found == Found::no)
      return invalid("The table has no field " + spelled(path) +
                         "; fields are those of structs, not of arrays, maps or partition keys.",
                     "column");
    if (found == Found::ambiguously)
      return invalid("The table has several fields " + spelled(path) + ", different in case only.", "column");
  }
  return {};
}

Status check_rows(const FilterInput& input) {
  if (input.all_rows && input.row_expression)
    return invalid("RowFilter has either FilterExpression or AllRowsWildcard, not both.", "row filter");
  if (!input.all_rows && (!input.row_expression || base::trim(*input.row_expression).empty()))
    return invalid("RowFilter needs FilterExpression or AllRowsWildcard.", "row filter");
  if (input.row_expression && input.row_expression->size() > kRowExpressionLengthMax)
    return invalid("A row filter expression has at most 2048 characters.", "row filter");
  return {};
}

std::vector<FilterColumn> columns_named(const catalog::Predicate& rows, const TableFacts& table) {
  std::vector<FilterColumn> out;
  for (const auto& path : catalog::columns_of(rows)) {
    const auto* column = path.empty() ? nullptr : table.find(path.front());
    bool seen = column && std::any_of(out.begin(), out.end(), [&](auto& c) { return c.name == column->name; });
    if (column && !seen) out.push_back({column->name, column->type, column->partition_key});
  }
  return out;
}

bool unchanged(const FilterColumn& before, const TableFacts& table) {
  const auto* now = table.find(before.name);
  return now && now->type == before.type && now->partition_key == before.partition_key;
}

}  // namespace

Result<DataCellsFilter> make_filter(const FilterInput& input, const TableFacts& table, std::string version_id) {
  WEIR_TRY(auto resource, Resource::of_filter(input.catalog, input.database, input.table, input.name));
  if (table.is_view || table.is_link)
    return invalid("Views and resource links have no data cells filters.", "data cells filter");
  WEIR_TRY(auto columns, columns_of(input));
  WEIR_CHECK_OK(check_columns(columns, table));
  WEIR_CHECK_OK(check_rows(input));
  DataCellsFilter out{resource.catalog,
                      resource.database,
                      resource.table,
                      input.name,
                      std::move(columns),
                      input.all_rows,
                      input.row_expression.value_or(""),
                      {},
                      std::move(version_id),
                      input.local_to};
  if (input.all_rows) return out;
  WEIR_TRY(auto rows, catalog::parse_predicate(out.row_expression, table.columns, Dialect::row_filter));
  out.row_columns = columns_named(*rows, table);
  return out;
}

CompiledFilter compile(DataCellsFilter record) {
  CompiledFilter out{std::move(record), nullptr};
  if (out.record.all_rows) {
    out.rows = catalog::always();
    return out;
  }
  std::vector<catalog::SchemaColumn> schema;
  for (const auto& c : out.record.row_columns) schema.push_back({c.name, c.type, c.partition_key});
  auto rows = catalog::parse_predicate(out.record.row_expression, schema, Dialect::row_filter);
  if (rows.ok()) out.rows = std::move(*rows);
  return out;
}

Result<PredicatePtr> bind(const CompiledFilter& filter, const TableFacts& table) {
  WEIR_CHECK_OK(bind(filter.record.columns, table));
  if (!filter.rows) return invalid("its row expression cannot be read", "data cells filter");
  if (filter.record.all_rows) return filter.rows;
  const auto& named = filter.record.row_columns;
  if (std::all_of(named.begin(), named.end(), [&](const auto& c) { return unchanged(c, table); })) return filter.rows;
  // The table changed under the filter: it holds only if the expression still reads the same.
  auto again = catalog::parse_predicate(filter.record.row_expression, table.columns, Dialect::row_filter);
  if (!again.ok())
    return invalid("its row expression no longer fits the table: " + again.error().says, "data cells filter");
  if (!catalog::same(**again, *filter.rows))
    return invalid("its row expression no longer fits the table: a column it names has another type",
                   "data cells filter");
  return again;
}

Status bind(const ColumnSet& columns, const TableFacts& table) {
  auto hidden = [&](const std::string& what) {
    return invalid(what + " that it hides is no longer in the table; it may be there under another name", "column");
  };
  for (const auto& path : columns.fields()) {
    auto found = find(path, table);
    if (found == Found::ambiguously)
      return invalid("the field " + spelled(path) + " is there more than once", "column");
    if (found == Found::no && columns.is_exclusion()) return hidden("the field " + spelled(path));
  }
  if (!columns.is_exclusion()) return {};
  for (const auto& name : columns.names())
    if (!table.find(name)) return hidden("the column " + name);
  return {};
}

}  // namespace weir::permissions
