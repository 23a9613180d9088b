// A DuckDB instance that holds nothing but a SELECT engine.
//
// INVARIANTS
// 1. The only table functions left are the governed scan and those that make rows from their arguments.
// 2. No function is left that reads settings, environment, variables, logs, plans or physical layout, or that
// runs text as SQL.
// 3. Nothing outside LakeFileSystem can be opened; nothing is spilled; no setting can be changed.
#pragma once
#include <cstdint>
#include <string>

#include "duckdb/main/connection.hpp"
#include "query/file_reader.h"

namespace weir::query {

// Copies the scan functions out of the catalog; before `strip_catalog`.
ReaderFunctions take_readers(duckdb::Connection& connection);

// Puts the governed scan in and takes everything out that a governed query may not call.
void strip_catalog(duckdb::Connection& connection, duckdb::TableFunction governed_scan);

// The last step: from here on no setting changes.
void lock_settings(duckdb::Connection& connection, uint64_t memory_bytes_max);

// Registers the check of every plan: only known scans, and samples drawn row by row. `config` is the running
// instance's own: the one an instance is opened with loses its optimizer extensions.
void add_plan_check(duckdb::DBConfig& config);

}  // namespace weir::query
