// A data cells filter: a named choice of columns and rows of one table.
//
// The record keeps the row expression as written and the columns it was written against, with their
// types. CompiledFilter adds the parsed predicate; bind() fits it to the table as it is now.
//
// An account makes filters of its own on tables that another account shares with it (`local_to`): they narrow what it
// passes on inside itself, and mean nothing elsewhere.
//
// Both lists of columns may name fields of structs, as column_path.h spells them.
//
// INVARIANT: a filter that no longer fits its table contributes nothing. A dropped or retyped column or field
// that the row expression names, or a vanished excluded one, closes the filter; it never opens it. An included
// one that vanishes is just not shown.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "base/record.h"
#include "catalog/predicate.h"
#include "names/arn.h"
#include "permissions/column_set.h"
#include "permissions/table_facts.h"

namespace weir::permissions {

inline constexpr size_t kRowExpressionLengthMax = 2048;

struct FilterColumn {
  std::string name;
  std::string type;
  bool partition_key = false;
};
WEIR_RECORD(FilterColumn, FIELD("Name", &FilterColumn::name), FIELD("Type", &FilterColumn::type),
            FIELD("PartitionKey", &FilterColumn::partition_key))

struct DataCellsFilter {
  std::string catalog, database, table, name;
  ColumnSet columns;
  bool all_rows = false;
  std::string row_expression;             // empty when all_rows
  std::vector<FilterColumn> row_columns;  // what the expression names, as at its writing
  std::string version_id;                 // changes with every update
  std::string local_to = {};              // the account that made it on another's table; empty: the table's owner did

  const std::string& home() const { return local_to.empty() ? catalog : local_to; }  // whose record it is
};
WEIR_RECORD(DataCellsFilter, FIELD("Catalog", &DataCellsFilter::catalog), FIELD("Database", &DataCellsFilter::database),
            FIELD("Table", &DataCellsFilter::table), FIELD("Name", &DataCellsFilter::name),
            FIELD("Columns", &DataCellsFilter::columns), FIELD("AllRows", &DataCellsFilter::all_rows),
            FIELD("RowExpression", &DataCellsFilter::row_expression),
            FIELD("RowColumns", &DataCellsFilter::row_columns), FIELD("VersionId", &DataCellsFilter::version_id),
            FIELD("LocalTo", &DataCellsFilter::local_to))

// What the API sends, before judgement.
struct FilterInput {
  std::string catalog, database, table, name;
  std::optional<std::vector<std::string>> column_names;
  std::optional<std::vector<std::string>> excluded_columns;  // present, maybe empty: a column wildcard
  std::optional<std::string> row_expression;
  bool all_rows = false;
  std::string local_to = {};
};

// Judges the input against the table and makes the record.
base::Result<DataCellsFilter> make_filter(const FilterInput& input, const TableFacts& table, std::string version_id);

struct CompiledFilter {
  DataCellsFilter record;
  catalog::PredicatePtr rows;  // null when the stored expression does not parse: contributes nothing
};
CompiledFilter compile(DataCellsFilter record);

// The row predicate as it applies to the table now; the error says why the filter is closed.
base::Result<catalog::PredicatePtr> bind(const CompiledFilter& filter, const TableFacts& table);
// The same for a choice of columns: what it excludes must be there, and no name may mean two fields.
base::Status bind(const ColumnSet& columns, const TableFacts& table);

}  // namespace weir::permissions
