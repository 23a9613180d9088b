// Runs people's queries, each on an engine in a process of its own (query/engine_process.h).
//
// A process for each query, and not one for all: its memory limit is then the query's, nothing of one query is there
// for the next, and while nobody asks there is none.
//
// INVARIANTS
// 1. A query runs on the desk's threads, never on those that serve requests; there are none before the first query.
// 2. Cancelling, running out of time, the end of the starter's session and the end of the program end a query's process
//    within milliseconds, whatever its engine does.
//
// Threads: any; it has threads of its own.
#pragma once
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

#include "app/queries/query_desk.h"
#include "identity/token_cache.h"
#include "sql/query_book.h"
#include "sql/served_lake.h"

namespace weir::sql {

class Desk final : public app::QueryDesk {
 public:
  // `clock` outlives it.
  Desk(const Limits& limits, const base::Clock& clock) : limits_(limits), clock_(clock), book_(limits) {}
  ~Desk() override { stop(); }
  Desk(const Desk&) = delete;
  Desk& operator=(const Desk&) = delete;

  std::string fingerprint(const std::string& sql) const override;
  app::HeldQueryId id_for(const std::string& person, const std::optional<std::string>& token) override;
  base::Result<app::QueryStatus> start(app::Starter starter, app::QueryOrder order) override;
  std::optional<app::QueryStatus> find(const std::string& person, const std::string& id) override;
  void wait(const std::string& person, const std::string& id, base::Seconds most) override;
  std::vector<app::QueryStatus> list(const std::string& person) override;
  bool cancel(const std::string& person, const std::string& id) override;
  void stop() override;

 private:
  void open_up();  // threads, once
  void work();
  void keep_time();
  app::QueryOutcome run(const BookedQuery& query);
  base::Result<app::QueryAnswer> answer(ServedLake& lake, const app::QueryOrder& order,
                                        const std::stop_token& stop) const;

  const Limits limits_;
  const base::Clock& clock_;
  identity::TokenCache tokens_{256};  // of vended sessions
  std::mutex mutex_;
  std::condition_variable changed_;  // the book did
  QueryBook book_;                   // guarded by mutex_
  bool stopped_ = false;             // guarded by mutex_
  std::vector<std::thread> threads_;
};

}  // namespace weir::sql
