// Functions that make much out of little, kept from taking the machine's memory in one call: DuckDB's limit
// does not count strings, and a call cannot be interrupted. Between the calls of one expression a query can be ended.
#pragma once
#include "duckdb/main/connection.hpp"

namespace weir::query {

// What one call on one vector of rows may produce.
constexpr double kBytesPerCallMax = 64.0 * 1024 * 1024;

// Puts a check before repeat, lpad, rpad, range, generate_series, list_resize, bitstring, replace, regexp_replace,
// printf, format, the distances of texts, and their aliases; and before every function that of the interruption.
void bound_functions(duckdb::Connection& connection);

}  // namespace weir::query
