#include "services/weir/query_operations.h"

#include "app/queries/queries.h"
#include "base/text.h"
#include "base/utf8.h"
#include "services/weir/errors.h"

namespace weir::services {

using namespace wire::weir_api;
namespace {

constexpr size_t kSqlShown = 1024;
constexpr int32_t kRowsOfPage = 1000;

std::string to_string(app::QueryState state) {
  switch (state) {
    case app::QueryState::queued: return "QUEUED";
    case app::QueryState::running: return "RUNNING";
    case app::QueryState::succeeded: return "SUCCEEDED";
    case app::QueryState::failed: return "FAILED";
    case app::QueryState::cancelled: return "CANCELLED";
  }
  return "FAILED";
}

// Like an error of the service itself: nothing of `log`.
QueryError to_wire(const base::Error& error) {
  QueryError out;
  out.Code = std::string(weir_error(error).code);
  out.Message = error.says;
  if (!error.decision_id.empty()) out.DecisionId = error.decision_id;
  return out;
}

// What a query, told of at length or in short, has in common.
template <class Out>
void tell(const app::QueryStatus& query, Out& out) {
  out.QueryId = query.id;
  out.State = to_string(query.state);
  out.SubmittedAt = query.submitted;
  out.StartedAt = query.started;
  out.EndedAt = query.ended;
  if (query.error) out.Error = to_wire(*query.error);
}

QueryStatistics statistics_of(const app::QueryAnswer& answer) {
  QueryStatistics out;
  out.Rows = static_cast<int64_t>(answer.rows.size());
  out.Bytes = static_cast<int64_t>(answer.rows.bytes());
  out.FilesRead = static_cast<int64_t>(answer.files_read);
  out.BytesRead = static_cast<int64_t>(answer.bytes_read);
  return out;
}

QueryRow to_wire(app::Row&& row) {
  QueryRow out;
  out.Cells.give();
  for (auto& cell : row) out.Cells.push_back({std::move(cell)});
  return out;
}

QuerySummary summary_of(const app::QueryStatus& query) {
  QuerySummary out;
  tell(query, out);
  out.Sql = base::utf8_prefix(query.order.sql, kSqlShown);
  out.Database = query.order.database;
  if (query.answer) out.Rows = static_cast<int64_t>(query.answer->rows.size());
  return out;
}

base::Result<app::PageOrder> page_order(const GetQueryResultsRequest& in) {
  app::PageOrder out{.id = *in.QueryId};
  out.rows_max = static_cast<size_t>(in.MaxResults.value_or(kRowsOfPage));
  out.wait = base::Seconds(in.WaitSeconds.value_or(0));
  if (!in.NextToken) return out;
  auto row = base::parse_int(*in.NextToken);
  if (!row.ok() || *row < 0) return base::invalid("NextToken is none of this operation's.", "token");
  out.first_row = static_cast<uint64_t>(*row);
  return out;
}

void give_page(app::PageOfAnswer&& page, GetQueryResultsResponse& out) {
  const auto& answer = *page.query.answer;
  out.Truncated = answer.truncated;
  out.Statistics = statistics_of(answer);
  out.Columns.give();
  for (const auto& column : answer.columns) out.Columns.push_back({column.name, column.type});
  out.Rows.give();
  for (auto& row : page.rows) out.Rows.push_back(to_wire(std::move(row)));
  if (page.next) out.NextToken = std::to_string(*page.next);
}

}  // namespace

base::Result<StartQueryResponse> start_query(app::Call& call, const StartQueryRequest& in) {
  app::QueryOrder order;
  order.sql = *in.Sql;
  order.catalog = call.catalog_or_own(in.CatalogId);
  if (in.Database) order.database = base::to_lower(*in.Database);
  if (in.TimeoutSeconds) order.timeout_s = *in.TimeoutSeconds;
  if (in.MaxRows) order.rows_max = *in.MaxRows;
  WEIR_TRY(auto query, app::start_query(call, std::move(order), in.ClientToken));
  StartQueryResponse out;
  out.QueryId = query.id;
  out.State = to_string(query.state);
  return out;
}

base::Result<GetQueryResultsResponse> get_query_results(app::Call& call, const GetQueryResultsRequest& in) {
  WEIR_TRY(auto order, page_order(in));
  WEIR_TRY(auto page, app::query_results(call, order));
  GetQueryResultsResponse out;
  tell(page.query, out);
  if (page.query.answer) give_page(std::move(page), out);
  return out;
}

base::Result<CancelQueryResponse> cancel_query(app::Call& call, const CancelQueryRequest& in) {
  WEIR_TRY(auto query, app::cancel_query(call, *in.QueryId));
  CancelQueryResponse out;
  out.QueryId = query.id;
  out.State = to_string(query.state);
  return out;
}

base::Result<ListQueriesResponse> list_queries(app::Call& call, const ListQueriesRequest&) {
  WEIR_TRY(auto all, app::list_queries(call));
  ListQueriesResponse out;
  out.Queries.give();
  for (const auto& query : all) out.Queries.push_back(summary_of(query));
  return out;
}

}  // namespace weir::services
