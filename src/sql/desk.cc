#include "sql/desk.h"

#include "base/log.h"
#include "query/engine_process.h"
#include "query/statement_fingerprint.h"

namespace weir::sql {
namespace {

// Nobody sleeps for long by what the clock said.
constexpr std::chrono::seconds kNapMax{1};
query::ProcessOptions process_options(const Limits& limits) {
  return {.engine = {.threads = limits.threads, .memory_bytes_max = limits.memory_bytes_max},
          .row_bytes_max = limits.answer_bytes_max};
}

// Keeps rows as far as they may be kept.
class Collector final : public query::AnswerTaker {
 public:
  Collector(app::QueryAnswer& into, size_t rows_max, uint64_t bytes_max)
      : into_(into), rows_max_(rows_max), bytes_max_(bytes_max) {}

  void columns(std::vector<query::ResultColumn> columns) override {
    for (auto& column : columns) into_.columns.push_back({std::move(column.name), std::move(column.type)});
  }
  bool row(app::Row row) override { return into_.rows.size() < rows_max_ && into_.rows.append(row, bytes_max_); }

 private:
  app::QueryAnswer& into_;
  const size_t rows_max_;
  const uint64_t bytes_max_;
};

}  // namespace

std::string Desk::fingerprint(const std::string& sql) const { return query::statement_fingerprint(sql); }

app::HeldQueryId Desk::id_for(const std::string& person, const std::optional<std::string>& token) {
  std::lock_guard lock(mutex_);
  return token ? book_.hold_id(person, *token) : std::make_shared<const std::string>(base::quick_uuid());
}

base::Result<app::QueryStatus> Desk::start(app::Starter starter, app::QueryOrder order) {
  std::lock_guard lock(mutex_);
  if (stopped_) return base::fail(base::Kind::unavailable, "The server is stopping.", "query");
  if (auto known = starter.token ? book_.under_token(starter.asker.person, *starter.token) : nullptr) {
    if (known->asked == order) return known->status;
    return base::invalid("ClientToken was used for another query.", "query");
  }
  WEIR_TRY(auto query, book_.add(std::move(starter), std::move(order), clock_.now()));
  open_up();
  changed_.notify_all();
  return query->status;
}

std::optional<app::QueryStatus> Desk::find(const std::string& person, const std::string& id) {
  std::lock_guard lock(mutex_);
  auto query = book_.find(person, id);
  return query ? std::optional(query->status) : std::nullopt;
}

void Desk::wait(const std::string& person, const std::string& id, base::Seconds most) {
  std::unique_lock lock(mutex_);
  auto query = book_.find(person, id);
  if (!query || !book_.may_wait_for(*query)) return;
  ++query->waiters;
  changed_.wait_for(lock, most, [&] { return stopped_ || query->status.has_ended(); });
  --query->waiters;
}

std::vector<app::QueryStatus> Desk::list(const std::string& person) {
  std::lock_guard lock(mutex_);
  std::vector<app::QueryStatus> out;
  for (const auto& query : book_.of_person(person)) out.push_back(query->status);
  return out;
}

bool Desk::cancel(const std::string& person, const std::string& id) {
  std::lock_guard lock(mutex_);
  auto query = book_.find(person, id);
  if (query) book_.cancel(*query, clock_.now());
  changed_.notify_all();
  return query != nullptr;
}

void Desk::stop() {
  std::vector<std::thread> threads;
  {
    std::lock_guard lock(mutex_);
    stopped_ = true;
    for (const auto& query : book_.all()) book_.cancel(*query, clock_.now());
    threads.swap(threads_);
  }
  changed_.notify_all();
  for (auto& thread : threads) thread.join();
}

void Desk::open_up() {
  if (!threads_.empty()) return;
  for (size_t i = 0; i < limits_.of_all.running; ++i) threads_.emplace_back([this] { work(); });
  threads_.emplace_back([this] { keep_time(); });
}

void Desk::keep_time() {
  std::unique_lock lock(mutex_);
  while (!stopped_) {
    auto next = book_.look(clock_.now());
    if (!next) {
      changed_.wait(lock);
    } else {
      changed_.wait_for(lock, std::min<base::Instant::duration>(*next - clock_.now(), kNapMax));
    }
  }
}

void Desk::work() {
  std::unique_lock lock(mutex_);
  while (!stopped_) {
    auto query = book_.take(clock_.now());
    if (!query) {
      changed_.wait(lock);
      continue;
    }
    changed_.notify_all();
    lock.unlock();
    auto outcome = run(*query);
    lock.lock();
    book_.end(*query, std::move(outcome), clock_.now());
    changed_.notify_all();
  }
}

app::QueryOutcome Desk::run(const BookedQuery& query) {
  ServedLake lake(query.starter.calls, tokens_, query.status.order.catalog, query.starter.query_id);
  auto made = [&]() -> base::Result<app::QueryAnswer> {
    try {
      return answer(lake, query.status.order, query.stop.get_token());
    } catch (const std::exception& broken) {
      return base::internal(std::string("a query broke: ") + broken.what());
    }
  }();
  if (!made.ok() && made.error().kind == base::Kind::internal)
    base::log_error("query.failed", {{"query", query.starter.query_id}, {"reason", made.error().log}});
  return {std::move(made), lake.take_tables()};
}

base::Result<app::QueryAnswer> Desk::answer(ServedLake& lake, const app::QueryOrder& order,
                                            const std::stop_token& stop) const {
  app::QueryAnswer out;
  Collector collector(out, static_cast<size_t>(*order.rows_max), limits_.answer_bytes_max);
  query::RunOptions run{.default_database = order.database, .cancel = stop};
  WEIR_TRY(auto whole, query::run_in_process(process_options(limits_), order.sql, lake, run, collector));
  out.truncated = !whole;
  out.files_read = lake.files_opened();
  out.bytes_read = lake.bytes_read();
  return out;
}

}  // namespace weir::sql
