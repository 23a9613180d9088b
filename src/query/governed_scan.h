// The table function behind every table a governed query names: DuckDB sees a scan of the visible columns,
// with visible rows and cells; row filter and masks are applied inside it, in the query's own threads.
//
// What DuckDB may learn of the hidden part: nothing. The scan offers no statistics, row ids, file names or
// row counts; its size estimate is a power of sixteen, 65,536 rows at least.
#pragma once
#include <string>

#include "duckdb/function/table_function.hpp"
#include "query/file_reader.h"

namespace weir::query {

// `name` must be unknown to queries; the function's one argument is a ResolvedTable's token.
duckdb::TableFunction governed_scan(const std::string& name, std::shared_ptr<const ReaderFunctions> readers);

bool is_governed_scan(const duckdb::TableFunction& function);

}  // namespace weir::query
