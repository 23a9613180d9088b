// The threads that empty the outbox while the server runs.
//
// One looks for entries that are due and hands them to the others, which make one attempt each. It is woken by
// commits and by time; nothing is kept here that the store does not have, so a process that dies loses nothing, and
// what was under way is tried again.
//
// Invariants:
//  1. No entry is attempted by two threads at once.
//  2. A subscription has at most kAtOnce attempts under way, so that one that hangs does not keep the others waiting.
//  3. An entry that the program cannot attempt (its record or its seal does not open) rests; it blocks nobody.
//
// Threads: its own; made and destroyed by one.
#pragma once
#include <condition_variable>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "app/deliveries.h"

namespace weir::server {

class DeliveryRunner {
 public:
  DeliveryRunner(app::Lake& lake, app::Channels channels);
  // Attempts under way are finished, which takes as long as an endpoint may.
  ~DeliveryRunner();
  DeliveryRunner(const DeliveryRunner&) = delete;
  DeliveryRunner& operator=(const DeliveryRunner&) = delete;

 private:
  using Entry = notifications::OutboxEntry;
  // Rung by commits; outlives the runner in the store's watcher.
  struct Bell {
    std::mutex mutex;
    std::condition_variable_any wake;
    bool rung = true;  // there may be something from before
  };

  void look(const std::stop_token& done);
  void work(const std::stop_token& done);
  // Takes what is due into the queue; the time of the next look.
  base::Result<base::Instant> refill();
  bool is_well_filled();
  bool admit(const Entry& entry);
  std::deque<Entry>::iterator next_ready();
  void attempt(const Entry& entry);
  void ring();

  app::Lake& lake_;
  app::Channels channels_;
  std::shared_ptr<Bell> bell_ = std::make_shared<Bell>();

  std::mutex mutex_;  // guards what follows
  std::condition_variable_any ready_wake_;
  std::deque<Entry> ready_;
  std::map<std::string, base::Instant> held_;  // ids queued, under way (the latest time there is) or resting until then
  std::map<std::string, int> queued_, under_way_;  // by subscription

  std::vector<std::jthread> threads_;  // last: gone before what they use
};

}  // namespace weir::server
