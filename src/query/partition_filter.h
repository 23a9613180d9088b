// What a query's WHERE says about partition keys, as a predicate the catalog understands.
#pragma once
#include "catalog/predicate.h"
#include "duckdb/planner/expression.hpp"
#include "duckdb/planner/operator/logical_get.hpp"
#include "query/query_run.h"

namespace weir::query {

// Null when the filter speaks of anything but partition keys and constants. The filter implies the predicate.
catalog::PredicatePtr partition_filter(const ResolvedTable& table, const duckdb::LogicalGet& get,
                                       const duckdb::Expression& filter);

}  // namespace weir::query
