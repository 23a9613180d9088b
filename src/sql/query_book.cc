#include "sql/query_book.h"

#include <algorithm>
#include <array>

namespace weir::sql {
namespace {

using app::QueryState;

base::Error too_many(const std::string& whose) {
  return base::fail(base::Kind::throttled, "Too many queries of " + whose + " wait: try again when one has ended.",
                    "query");
}

base::Error ended_early(const BookedQuery& query, const Limits& limits) {
  const auto& session = query.starter.calls.caller().session;
  if (session && session->session.expires <= query.deadline)
    return base::fail(base::Kind::expired, "The session that started the query has expired.", "query");
  return base::fail(base::Kind::limit_exceeded,
                    "The query ran longer than " +
                        std::to_string(query.status.order.timeout_s.value_or(limits.timeout_s)) + " seconds.",
                    "query");
}

// A query does not outlive the session that started it.
base::Instant deadline_of(const BookedQuery& query, const Limits& limits, base::Instant now) {
  auto deadline = now + base::Seconds(query.status.order.timeout_s.value_or(limits.timeout_s));
  const auto& session = query.starter.calls.caller().session;
  return session ? std::min<base::Instant>(deadline, session->session.expires) : deadline;
}

// How much of something a query takes.
using Measure = uint64_t (*)(const BookedQuery&);

uint64_t one(const BookedQuery&) { return 1; }

uint64_t bytes_of(const app::QueryAnswer& answer) {
  uint64_t bytes = answer.rows.bytes();
  for (const auto& column : answer.columns) bytes += sizeof column + column.name.size() + column.type.size();
  return bytes;
}

uint64_t bytes_of(const BookedQuery& query) {
  const auto& status = query.status;
  return 2 * status.order.sql.size() + (status.error ? status.error->says.size() + status.error->log.size() : 0) +
         (status.answer ? bytes_of(*status.answer) : 0);
}

uint64_t sum(const std::vector<BookedPtr>& queries, Measure measure) {
  uint64_t out = 0;
  for (const auto& query : queries) out += measure(*query);
  return out;
}

using AskerName = std::string app::Asker::*;

// Those of the account, role or person, as `name` says, that takes most; of several, of the one who came first.
std::vector<BookedPtr> of_greatest(std::vector<BookedPtr> queries, AskerName name, Measure measure) {
  auto name_of = [&](const BookedPtr& query) -> const std::string& { return query->starter.asker.*name; };
  std::map<std::string, uint64_t> taken;
  for (const auto& query : queries) taken[name_of(query)] += measure(*query);
  auto most = name_of(*std::max_element(queries.begin(), queries.end(), [&](const BookedPtr& a, const BookedPtr& b) {
    return taken[name_of(a)] < taken[name_of(b)];
  }));
  std::erase_if(queries, [&](const BookedPtr& query) { return name_of(query) != most; });
  return queries;
}

// Those of the person who keeps most, in the role that does, in the account that does: sessions under many names keep
// no more than one would.
std::vector<BookedPtr> of_greatest_keeper(std::vector<BookedPtr> queries, Measure measure) {
  for (auto name : {&app::Asker::account, &app::Asker::role, &app::Asker::person})
    queries = of_greatest(std::move(queries), name, measure);
  return queries;
}

}  // namespace

// Those whose queries are counted together.
struct QueryBook::Circle {
  AskerName name;  // what they have in common; null: they are everybody's
  Room Limits::*room;
  const char* whose;

  bool has(const app::Asker& a, const app::Asker& b) const { return !name || a.*name == b.*name; }
};
const QueryBook::Circle QueryBook::kCircles[] = {
    {&app::Asker::person, &Limits::of_person, "yours"},
    {&app::Asker::role, &Limits::of_role, "all sessions of your role or user"},
    {&app::Asker::account, &Limits::of_account, "your account"},
    {nullptr, &Limits::of_all, "everybody"},
};

// Of what a circle has a room.
struct QueryBook::Scarce {
  size_t Room::*room;
  Measure taken;
};
const QueryBook::Scarce QueryBook::kTurns = {
    &Room::running, [](const BookedQuery& query) -> uint64_t { return query.status.state == QueryState::running; }};
const QueryBook::Scarce QueryBook::kQueue = {
    &Room::queued, [](const BookedQuery& query) -> uint64_t { return query.status.state == QueryState::queued; }};
const QueryBook::Scarce QueryBook::kWaiters = {&Room::waiters,
                                               [](const BookedQuery& query) -> uint64_t { return query.waiters; }};

const QueryBook::Circle* QueryBook::full_circle(const Scarce& scarce, const app::Asker& asker) const {
  std::array<uint64_t, std::size(kCircles)> taken{};
  for (const auto& query : queries_)
    if (auto takes = scarce.taken(*query); takes > 0)
      for (size_t i = 0; i < taken.size(); ++i)
        if (kCircles[i].has(query->starter.asker, asker)) taken[i] += takes;
  for (size_t i = 0; i < taken.size(); ++i)
    if (taken[i] >= limits_.*kCircles[i].room.*scarce.room) return &kCircles[i];
  return nullptr;
}

base::Result<BookedPtr> QueryBook::add(app::Starter starter, app::QueryOrder order, base::Instant now) {
  if (auto* full = full_circle(kQueue, starter.asker)) return too_many(full->whose);
  auto query = std::make_shared<BookedQuery>(std::move(starter), std::move(order));
  query->status.id = query->starter.query_id;
  query->status.order = query->asked;
  query->status.order.timeout_s = std::min(query->asked.timeout_s.value_or(limits_.timeout_s), limits_.timeout_s_max);
  query->status.order.rows_max = std::min(query->asked.rows_max.value_or(limits_.rows), limits_.rows_max);
  query->status.submitted = now;
  return queries_.emplace_back(std::move(query));
}

BookedPtr QueryBook::take(base::Instant now) {
  auto next = std::find_if(queries_.begin(), queries_.end(), [&](const BookedPtr& query) {
    return query->status.state == QueryState::queued && !full_circle(kTurns, query->starter.asker);
  });
  if (next == queries_.end()) return nullptr;
  auto& query = **next;
  query.status.state = QueryState::running;
  query.status.started = now;
  query.deadline = deadline_of(query, limits_, now);
  return *next;
}

void QueryBook::end(BookedQuery& query, app::QueryOutcome outcome, base::Instant now) {
  auto& status = query.status;
  if (status.has_ended()) return;
  status.ended = now;
  status.tables = std::make_shared<const app::TablesRead>(std::move(outcome.tables));
  if (query.out_of_time) {
    status.state = QueryState::failed;
    status.error = ended_early(query, limits_);
  } else if (query.stop.stop_requested()) {
    status.state = QueryState::cancelled;
  } else if (outcome.answer.ok()) {
    status.state = QueryState::succeeded;
    status.answer = std::make_shared<const app::QueryAnswer>(std::move(outcome.answer).value());
  } else {
    status.state = QueryState::failed;
    status.error = std::move(outcome.answer).error();
  }
  make_room(query.starter.asker.person);
}

void QueryBook::cancel(BookedQuery& query, base::Instant now) {
  query.stop.request_stop();
  if (query.status.state == QueryState::queued)
    end(query, {base::fail(base::Kind::unavailable, "The query was cancelled.", "query")}, now);
}

bool QueryBook::may_wait_for(const BookedQuery& query) const {
  return query.waiters < limits_.waiters_of_query && !full_circle(kWaiters, query.starter.asker);
}

std::optional<base::Instant> QueryBook::look(base::Instant now) {
  std::optional<base::Instant> next;
  auto again = [&](base::Instant at) { next = next ? std::min(*next, at) : at; };
  for (auto at = queries_.begin(); at != queries_.end();) {
    auto& query = **at++;
    if (query.status.state == QueryState::running && !query.stop.stop_requested()) {
      query.out_of_time = now >= query.deadline;
      if (query.out_of_time) query.stop.request_stop();
      if (!query.out_of_time) again(query.deadline);
    }
    if (!query.status.has_ended()) continue;
    if (auto until = *query.status.ended + base::Seconds(limits_.kept_for_s); until > now) {
      again(until);
    } else {
      queries_.erase(std::prev(at));
    }
  }
  return next;
}

BookedPtr QueryBook::find(const std::string& person, const std::string& id) const {
  auto found = std::find_if(queries_.begin(), queries_.end(), [&](const BookedPtr& query) {
    return query->starter.query_id == id && query->starter.asker.person == person;
  });
  return found == queries_.end() ? nullptr : *found;
}

BookedPtr QueryBook::under_token(const std::string& person, const std::string& token) const {
  auto found = std::find_if(queries_.begin(), queries_.end(), [&](const BookedPtr& query) {
    return query->starter.token == token && query->starter.asker.person == person;
  });
  return found == queries_.end() ? nullptr : *found;
}

app::HeldQueryId QueryBook::hold_id(const std::string& person, const std::string& token) {
  std::erase_if(held_ids_, [](const auto& one) { return one.second.expired(); });
  auto& held = held_ids_[{person, token}];
  if (auto id = held.lock()) return id;
  auto known = under_token(person, token);
  auto id = std::make_shared<const std::string>(known ? known->starter.query_id : base::quick_uuid());
  held = id;
  return id;
}

std::vector<BookedPtr> QueryBook::of_person(const std::string& person) const {
  std::vector<BookedPtr> out;
  std::copy_if(queries_.rbegin(), queries_.rend(), std::back_inserter(out),
               [&](const BookedPtr& query) { return query->starter.asker.person == person; });
  return out;
}

void QueryBook::make_room(const std::string& person) {
  std::vector<BookedPtr> all, own;
  for (const auto& query : queries_) {
    if (!query->status.has_ended()) continue;
    all.push_back(query);
    if (query->starter.asker.person == person) own.push_back(query);
  }
  auto forget = [&](BookedPtr query) {
    queries_.remove(query);
    std::erase(all, query);
    std::erase(own, query);
  };
  while (sum(own, one) > limits_.kept_of_person || sum(own, bytes_of) > limits_.kept_bytes_of_person)
    forget(own.front());
  while (sum(all, one) > limits_.kept) forget(of_greatest_keeper(all, one).front());
  while (sum(all, bytes_of) > limits_.kept_bytes) forget(of_greatest_keeper(all, bytes_of).front());
}

}  // namespace weir::sql
