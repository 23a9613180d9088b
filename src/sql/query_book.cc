#include "sql/query_book.h"

#include <algorithm>

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

uint64_t bytes_of(const BookedQuery& query) {
  return 2 * query.status.order.sql.size() + (query.status.answer ? query.status.answer->rows.bytes() : 0);
}

bool is_of(const BookedQuery& query, const std::string* person) { return !person || query.starter.person == *person; }

}  // namespace

size_t QueryBook::count(QueryState state, const std::string* person) const {
  return static_cast<size_t>(std::count_if(queries_.begin(), queries_.end(), [&](const BookedPtr& query) {
    return query->status.state == state && is_of(*query, person);
  }));
}

base::Result<BookedPtr> QueryBook::add(app::Starter starter, app::QueryOrder order, base::Instant now) {
  if (count(QueryState::queued, &starter.person) >= limits_.queued_of_person) return too_many("yours");
  if (count(QueryState::queued, nullptr) >= limits_.queued) return too_many("everybody");
  auto query = std::make_shared<BookedQuery>(std::move(starter), std::move(order));
  query->status.id = query->starter.query_id;
  query->status.order = query->asked;
  query->status.order.timeout_s = std::min(query->asked.timeout_s.value_or(limits_.timeout_s), limits_.timeout_s_max);
  query->status.order.rows_max = std::min(query->asked.rows_max.value_or(limits_.rows), limits_.rows_max);
  query->status.submitted = now;
  return queries_.emplace_back(std::move(query));
}

BookedPtr QueryBook::take(base::Instant now) {
  if (count(QueryState::running, nullptr) >= limits_.running) return nullptr;
  auto next = std::find_if(queries_.begin(), queries_.end(), [&](const BookedPtr& query) {
    return query->status.state == QueryState::queued &&
           count(QueryState::running, &query->starter.person) < limits_.running_of_person;
  });
  if (next == queries_.end()) return nullptr;
  auto& query = **next;
  query.status.state = QueryState::running;
  query.status.started = now;
  query.deadline = deadline_of(query, limits_, now);
  return *next;
}

void QueryBook::end(BookedQuery& query, base::Result<app::QueryAnswer> answer, base::Instant now) {
  auto& status = query.status;
  if (status.has_ended()) return;
  status.ended = now;
  if (query.out_of_time) {
    status.state = QueryState::failed;
    status.error = ended_early(query, limits_);
  } else if (query.stop.stop_requested()) {
    status.state = QueryState::cancelled;
  } else if (answer.ok()) {
    status.state = QueryState::succeeded;
    status.answer = std::make_shared<const app::QueryAnswer>(std::move(answer).value());
  } else {
    status.state = QueryState::failed;
    status.error = std::move(answer).error();
  }
  make_room(query.starter.person);
}

void QueryBook::cancel(BookedQuery& query, base::Instant now) {
  query.stop.request_stop();
  if (query.status.state == QueryState::queued)
    end(query, base::fail(base::Kind::unavailable, "The query was cancelled.", "query"), now);
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
    return query->starter.query_id == id && query->starter.person == person;
  });
  return found == queries_.end() ? nullptr : *found;
}

BookedPtr QueryBook::under_token(const std::string& person, const std::string& token) const {
  auto found = std::find_if(queries_.begin(), queries_.end(), [&](const BookedPtr& query) {
    return query->starter.token == token && query->starter.person == person;
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
               [&](const BookedPtr& query) { return is_of(*query, &person); });
  return out;
}

uint64_t QueryBook::kept_bytes(const std::string* person) const {
  uint64_t bytes = 0;
  for (const auto& query : queries_)
    if (query->status.has_ended() && is_of(*query, person)) bytes += bytes_of(*query);
  return bytes;
}

size_t QueryBook::kept(const std::string* person) const {
  return static_cast<size_t>(std::count_if(queries_.begin(), queries_.end(), [&](const BookedPtr& query) {
    return query->status.has_ended() && is_of(*query, person);
  }));
}

bool QueryBook::forget_oldest(const std::string& person) {
  auto oldest = std::find_if(queries_.begin(), queries_.end(), [&](const BookedPtr& query) {
    return query->status.has_ended() && is_of(*query, &person);
  });
  if (oldest == queries_.end()) return false;
  queries_.erase(oldest);
  return true;
}

std::string QueryBook::keeps_most() const {
  std::map<std::string, uint64_t> bytes;
  for (const auto& query : queries_)
    if (query->status.has_ended()) bytes[query->starter.person] += bytes_of(*query);
  auto most =
      std::max_element(bytes.begin(), bytes.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  return most == bytes.end() ? std::string() : most->first;
}

void QueryBook::make_room(const std::string& person) {
  auto own_too_much = [&] {
    return kept(&person) > limits_.kept_of_person || kept_bytes(&person) > limits_.kept_bytes_of_person;
  };
  auto too_much = [&] { return kept(nullptr) > limits_.kept || kept_bytes(nullptr) > limits_.kept_bytes; };
  while (own_too_much() && forget_oldest(person)) {
  }
  while (too_much() && forget_oldest(keeps_most())) {
  }
}

}  // namespace weir::sql
