// DuckDB's errors as ours.
//
// INVARIANT: a text that may have been made from data is replaced by the name of its class. Parsing and
// binding see the statement and the visible schema only, so their texts are kept.
#pragma once
#include "base/error.h"
#include "duckdb/common/error_data.hpp"

namespace weir::query {

base::Error error_of(const duckdb::ErrorData& error);

}  // namespace weir::query
