// One locked-down DuckDB and the queries that run on it.
//
// Threads: all members may be called from any thread.
#pragma once
#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <set>
#include <thread>

#include "duckdb/main/connection.hpp"
#include "duckdb/main/database.hpp"
#include "query/engine.h"
#include "query/lake_filesystem.h"

namespace weir::query {

struct RowsState;

class Instance {
 public:
  // Throws what DuckDB throws.
  explicit Instance(const EngineOptions& options);
  ~Instance();

  duckdb::unique_ptr<duckdb::Connection> connect(const std::shared_ptr<QueryRun>& run);
  void started(RowsState& rows);
  void ended(RowsState& rows);
  // After an internal error DuckDB refuses everything.
  bool is_spent() const { return spent_; }
  void mark_spent() { spent_ = true; }

 private:
  void watch_memory(std::stop_token stop);
  void stop_all_for_memory();

  const bool may_end_process_;
  std::string scan_name_;
  std::shared_ptr<OpenRuns> runs_ = std::make_shared<OpenRuns>();
  std::unique_ptr<duckdb::DuckDB> db_;
  std::atomic<bool> spent_ = false;

  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::set<RowsState*> running_;
  uint64_t resident_bytes_max_ = 0;
  std::jthread watcher_;  // last: stops before the rest goes
};

}  // namespace weir::query
