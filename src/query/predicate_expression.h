// A catalog predicate as an expression DuckDB evaluates: built as a tree, never as SQL text.
//
// INVARIANTS
// 1. The expression cannot raise an error on any row: every cast in it is a TRY cast, and NULL is UNKNOWN.
// 2. A predicate over a column that is missing, nested otherwise or of another family than when it was
// written is refused.
#pragma once
#include <memory>
#include <string>

#include "base/result.h"
#include "catalog/predicate.h"
#include "duckdb/common/unique_ptr.hpp"
#include "duckdb/main/client_context.hpp"
#include "duckdb/planner/expression.hpp"

namespace weir::query {

// Where the predicate's columns come from.
class ColumnValues {
 public:
  virtual ~ColumnValues() = default;
  // The value of a top-level column with the table's type.
  virtual base::Result<duckdb::unique_ptr<duckdb::Expression>> value_of(const std::string& column) = 0;
};

base::Result<duckdb::unique_ptr<duckdb::Expression>> predicate_expression(duckdb::ClientContext& context,
                                                                          const catalog::Predicate& predicate,
                                                                          ColumnValues& columns);

// The literal as a value of its family's type; Kind::denied when it is not one.
base::Result<duckdb::Value> literal_value(const catalog::Literal& literal);

// Whether values of this type are compared as the family.
bool type_fits_family(const duckdb::LogicalType& type, catalog::TypeFamily family);

}  // namespace weir::query
