// Calls what is due (app/due_work.h) while the server runs.
//
// One thread keeps the time, woken by commits and by the clock, and hands what is due to a few others, which call the
// handlers: one that takes long does not hold up everybody. Nothing is kept here that the store does not have.
//
// Invariants:
//  1. A handler that fails is called again after a second, then after twice as long each time, an hour at most.
//  2. Nobody sleeps for long by what the clock said: when it is set, forward or back, it is looked at again within a
//     second.
//  3. One item is not called twice at once; different ones are, in no order.
//
// Threads: start() and stop() by one; it has threads of its own.
#pragma once
#include <memory>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <vector>

#include "app/due_work.h"
#include "server/agenda.h"

namespace weir::server {

class DueRunner {
 public:
  DueRunner(app::Lake& lake, app::DueHandlers handlers);
  ~DueRunner() { stop(); }
  DueRunner(const DueRunner&) = delete;
  DueRunner& operator=(const DueRunner&) = delete;

  // Watches the store and begins. Once.
  void start();
  // Ends what is being called and takes up nothing more; the rest stays in the store for the next start.
  void stop();

 private:
  using DueAgenda = Agenda<app::DueItem>;

  void keep_time();
  void work();
  base::Status look();
  // How long to pause before the next attempt; nothing when it is done.
  std::optional<base::Seconds> carry_out(const DueAgenda::Job& job);
  base::Status call(const app::DueItem& item);
  void forget_failures(const std::string& key);
  int64_t count_failure(const std::string& key);  // how many there were before

  app::Lake& lake_;
  const app::DueHandlers handlers_;
  std::shared_ptr<DueAgenda> agenda_;  // shared with the store's watcher, which outlives the runner
  std::mutex mutex_;
  std::unordered_map<std::string, int64_t> failures_;  // in a row, by key; guarded by mutex_
  std::vector<std::thread> threads_;
};

}  // namespace weir::server
