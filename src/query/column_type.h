// Hive column types as DuckDB types.
#pragma once
#include <string_view>

#include "base/result.h"
#include "duckdb/common/types.hpp"

namespace weir::query {

// "decimal(18,2)", "array<struct<a:int,b:string>>", ... Kind::unsupported for what Hive or DuckDB does not
// know.
base::Result<duckdb::LogicalType> column_type(std::string_view hive_type);

}  // namespace weir::query
