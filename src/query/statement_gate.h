// What may be asked at all: one SELECT (VALUES, WITH, set operations, DESCRIBE and SUMMARIZE are SELECTs to
// the parser).
#pragma once
#include <string_view>

#include "base/result.h"
#include "duckdb/main/client_context.hpp"
#include "duckdb/parser/sql_statement.hpp"

namespace weir::query {

constexpr size_t kSqlBytesMax = 256 * 1024;

base::Result<duckdb::unique_ptr<duckdb::SQLStatement>> single_select(duckdb::ClientContext& context,
                                                                     std::string_view sql);

}  // namespace weir::query
