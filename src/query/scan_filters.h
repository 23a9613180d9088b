// Which filters may run inside DuckDB's Parquet reader, beside the row filter, on rows the caller may not
// see.
//
// INVARIANTS
// 1. Only comparisons with constants and NULL tests go there: they cannot raise an error and keep nothing of
// what they saw.
// 2. A filter goes there only when the file's column has exactly the type the filter was made for.
#pragma once
#include <optional>

#include "catalog/predicate.h"
#include "duckdb/planner/table_filter.hpp"
#include "query/predicate_expression.h"

namespace weir::query {

// A conjunct of a row filter as a table filter over one column; nothing when it has to be evaluated
// afterwards.
struct PushedConjunct {
  duckdb::unique_ptr<duckdb::TableFilter> filter;
  bool exact = false;  // false: only skips row groups, the conjunct must be evaluated as well
};
std::optional<PushedConjunct> push_conjunct(const catalog::Predicate& conjunct, const duckdb::LogicalType& type);

// The top-level conjuncts of a predicate.
std::vector<catalog::PredicatePtr> conjuncts_of(const catalog::PredicatePtr& predicate);

// A query's filter on one column, in two parts that together are the whole.
struct SplitFilter {
  std::vector<duckdb::unique_ptr<duckdb::TableFilter>> safe;        // may run on hidden rows
  std::vector<duckdb::unique_ptr<duckdb::TableFilter>> afterwards;  // on visible rows only
};
SplitFilter split_filter(const duckdb::TableFilter& filter, bool may_push);

}  // namespace weir::query
