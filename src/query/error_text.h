// DuckDB's errors as ours.
//
// INVARIANT: a text that may have been made from data is replaced by the name of its class. Parsing and
// planning see the statement and the visible schema only, so their texts are kept. What runs may call itself an error
// of planning all the same: a LIMIT that is a subquery quotes what came out of it.
#pragma once
#include "base/error.h"
#include "duckdb/common/error_data.hpp"

namespace weir::query {

enum class Stage { planning, running };

base::Error error_of(const duckdb::ErrorData& error, Stage stage);

}  // namespace weir::query
