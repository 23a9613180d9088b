// Answers as text, JSON or Parquet. Each reads the rows to their end.
#pragma once
#include <string>

#include "base/bytes.h"
#include "query/engine.h"

namespace weir::query {

base::Status write_table(Rows& rows, base::ByteSink& out);  // aligned columns and a count, for people
base::Status write_csv(Rows& rows,
                       base::ByteSink& out);  // RFC 4180 with a header; NULL is empty, the empty text is ""
base::Status write_json(Rows& rows, base::ByteSink& out);  // one array of objects; 64-bit and smaller
                                                           // numbers, booleans, lists and structs as such
// Writes through an instance of its own, which runs no statement of the query's.
base::Status write_parquet(Rows& rows, const std::string& path);

}  // namespace weir::query
