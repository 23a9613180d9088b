// SQL of people, run in this program: started, followed, read page by page, cancelled.
//
// Invariants:
//  1. A query belongs to the person who started it; to everybody else it is not there.
//  2. Each page of an answer, how long it is in a list, and why a query failed are told only while the caller may see what
//     was read for it (table_read.h).
//  3. The trail has a statement's fingerprint and never its text.
//
// IAM: weir:StartQuery, weir:GetQueryResults, weir:CancelQuery, weir:ListQueries; what a query reads takes what any
// engine's reading takes. Errors: not_found about "query"; unsupported where no engine is.
// Threads: as the Call; query_results() may wait.
#pragma once
#include "app/queries/query_desk.h"

namespace weir::app {

// Persons: sessions of a role are told apart by their names and by whoever was vouched for; users by their ids.
Asker asker_of(const identity::Principal& caller);

base::Result<QueryStatus> start_query(Call& call, QueryOrder order, const std::optional<std::string>& token);

struct PageOfAnswer {
  QueryStatus query;
  std::vector<Row> rows;
  std::optional<uint64_t> next;  // the first row of the next page
};
struct PageOrder {
  std::string id;
  uint64_t first_row = 0;
  size_t rows_max = 1000;
  base::Seconds wait{0};  // for the end of the query
};
base::Result<PageOfAnswer> query_results(Call& call, const PageOrder& order);

// What the query came to: it may have ended before.
base::Result<QueryStatus> cancel_query(Call& call, const std::string& id);
// Without the answers and errors that query_results() would not give now.
base::Result<std::vector<QueryStatus>> list_queries(Call& call);

}  // namespace weir::app
