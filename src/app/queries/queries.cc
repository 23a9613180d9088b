#include "app/queries/queries.h"

#include <algorithm>

#include "app/operations.h"

namespace weir::app {
namespace {

constexpr uint64_t kPageBytesMax = 1024 * 1024;

base::Result<QueryDesk*> desk_of(const Call& call) {
  auto* operations = call.lake().operations;
  auto* desk = operations ? operations->queries() : nullptr;
  if (!desk) return base::fail(base::Kind::unsupported, "This server runs no queries.", "query");
  return desk;
}

base::Error no_such_query(const std::string& id) { return base::not_found("Query " + id + " not found.", "query"); }

Ask ask_for(const Call& call) { return {.action = "weir:" + call.facts().operation}; }

std::string person_of(const identity::Principal& caller) {
  auto who = base::Json::array();
  who.push(caller.account()).push(caller.caller.user_id).push(caller.caller.unique_id);
  if (!caller.session) return who.dump();
  const auto& session = caller.session->session;
  if (!session.source_identity.empty()) who.push(base::Json::object().set("source", session.source_identity));
  if (session.sign_in) who.push(session.sign_in->provider).push(session.sign_in->subject);
  if (session.lake_formation_user)
    who.push(session.lake_formation_user->provider).push(session.lake_formation_user->user);
  return who.dump();
}

void tell_tables(Call& call, const QueryStatus& query) {
  if (!query.tables) return;
  auto names = base::Json::array();
  for (const auto& read : *query.tables)
    names.push(read.table.catalog + ":" + read.table.database + "." + read.table.table);
  call.about("tables", std::move(names));
}

// Why what the query came to is not to be told as of now. An error, too, was made from what was read.
std::optional<Refusal> may_not_see(Call& call, const QueryStatus& query) {
  if (!query.answer && !query.error) return std::nullopt;
  for (const auto& read : *query.tables)
    if (auto refusal = still_shown(call, read)) return refusal;
  return std::nullopt;
}

// One record: the IAM action, and whether everything that was read may still be seen.
base::Status authorize_reading(Call& call, const std::optional<QueryStatus>& query) {
  if (query) tell_tables(call, *query);
  return call.authorize(ask_for(call), [&] { return query ? may_not_see(call, *query) : std::nullopt; });
}

void fill(PageOfAnswer& page, const PageOrder& order) {
  const auto& rows = page.query.answer->rows;
  uint64_t bytes = 0, row = order.first_row;
  while (row < rows.size() && page.rows.size() < order.rows_max) {
    bytes += rows.bytes_of(row);
    if (bytes > kPageBytesMax && !page.rows.empty()) break;
    page.rows.push_back(rows.at(row++));
  }
  if (row < rows.size()) page.next = row;
}

base::Result<PageOfAnswer> page_of(Call& call, QueryDesk& desk, const PageOrder& order) {
  call.about("queryId", order.id);
  auto query = desk.find(person_of(call.caller()), order.id);
  WEIR_CHECK_OK(authorize_reading(call, query));
  if (!query) return no_such_query(order.id);
  PageOfAnswer page{std::move(*query), {}, {}};
  if (page.query.answer) fill(page, order);
  return page;
}

}  // namespace

Asker asker_of(const identity::Principal& caller) {
  return {caller.account(), caller.account() + "/" + caller.caller.unique_id, person_of(caller)};
}

base::Result<QueryStatus> start_query(Call& call, QueryOrder order, const std::optional<std::string>& token) {
  WEIR_TRY(auto* desk, desk_of(call));
  call.about("statementFingerprint", desk->fingerprint(order.sql));
  if (order.database) call.about("databaseName", *order.database);
  auto asker = asker_of(call.caller());
  auto id = desk->id_for(asker.person, token);
  call.gave("queryId", *id);
  WEIR_CHECK_OK(call.authorize(ask_for(call)));
  return desk->start({*id, std::move(asker), token, LaterCalls(call)}, std::move(order));
}

// After a while the world is another one: who waited is asked for anew.
base::Result<PageOfAnswer> query_results(Call& call, const PageOrder& order) {
  WEIR_TRY(auto* desk, desk_of(call));
  if (order.wait.count() == 0) return page_of(call, *desk, order);
  desk->wait(person_of(call.caller()), order.id, order.wait);
  WEIR_TRY(auto later, LaterCalls(call).again());
  return page_of(later, *desk, order);
}

base::Result<QueryStatus> cancel_query(Call& call, const std::string& id) {
  WEIR_TRY(auto* desk, desk_of(call));
  call.about("queryId", id);
  WEIR_CHECK_OK(call.authorize(ask_for(call)));
  auto person = person_of(call.caller());
  if (!desk->cancel(person, id)) return no_such_query(id);
  auto query = desk->find(person, id);
  if (!query) return no_such_query(id);
  return std::move(*query);
}

base::Result<std::vector<QueryStatus>> list_queries(Call& call) {
  WEIR_TRY(auto* desk, desk_of(call));
  WEIR_CHECK_OK(call.authorize(ask_for(call)));
  auto queries = desk->list(person_of(call.caller()));
  for (auto& query : queries)
    if (may_not_see(call, query)) {
      query.answer.reset();
      query.error.reset();
    }
  return queries;
}

}  // namespace weir::app
