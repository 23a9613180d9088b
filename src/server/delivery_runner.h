// The threads that empty the outbox while the server runs.
//
// One looks at the time and hears of commits; the others, some for each carrier, make one attempt at a time at what is
// first in the queue whose turn it is (delivery_turns.h). Nothing is kept here that the store does not have, so a
// process that dies loses nothing, and what was under way is tried again.
//
// Invariants:
//  1. No entry is attempted by two threads at once.
//  2. Nobody's endpoints, however many hang, keep mail or another account's deliveries from their turn.
//  3. An entry that the program cannot attempt (its record or its seal does not open) rests; it blocks nobody.
//
// Threads: its own; made and destroyed by one.
#pragma once
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "app/notifications/deliveries.h"
#include "server/delivery_turns.h"

namespace weir::server {

class DeliveryRunner {
 public:
  struct Threads {
    int mail = 8;
    int endpoint = 32;  // they wait for strangers most of the time
    int server = 4;
  };
  DeliveryRunner(app::Lake& lake, app::Channels channels) : DeliveryRunner(lake, std::move(channels), Threads{}) {}
  DeliveryRunner(app::Lake& lake, app::Channels channels, const Threads& threads);
  // Attempts under way are finished, which takes as long as an endpoint may.
  ~DeliveryRunner();
  DeliveryRunner(const DeliveryRunner&) = delete;
  DeliveryRunner& operator=(const DeliveryRunner&) = delete;

 private:
  using Entry = notifications::OutboxEntry;
  using Heard = std::map<notifications::OutboxQueue, base::Instant>;
  // Rung by commits; outlives the runner in the store's watcher.
  struct Bell {
    std::mutex mutex;
    std::condition_variable_any wake;
    bool rung = true;
    bool anew = true;  // all queues are to be looked up: at the start, and when something was missed
    Heard heard;
    void ring();
  };
  // What the threads of one carrier share.
  struct Crew {
    Crew(notifications::Carrier carrier, int threads) : turns(carrier, threads) {}
    DeliveryTurns turns;
    std::condition_variable_any has_turn;
  };

  void hire(notifications::Carrier carrier, int threads);
  void look(const std::stop_token& done);
  // What was heard since the last time; all queues of the store where that is needed.
  base::Result<Heard> listen();
  // Tells the crews; the time of the next look.
  base::Instant pass_on(const Heard& heard);
  void work(const std::stop_token& done, Crew& crew);
  void take_turn(std::unique_lock<std::mutex>& lock, const std::stop_token& done, Crew& crew);
  // The first that is due, or when something will be.
  struct Next {
    std::optional<Entry> entry;
    base::Instant due = base::Instant::max();
  };
  Next next_of(const DeliveryTurns::Turn& turn);
  // False when the store took nothing: the entry is as it was.
  bool attempt(const Entry& entry);
  base::Status try_attempt(const Entry& entry);
  bool rest(const Entry& entry);

  app::Lake& lake_;
  app::Channels channels_;
  std::shared_ptr<Bell> bell_ = std::make_shared<Bell>();

  std::mutex mutex_;  // guards the turns of the crews
  std::map<notifications::Carrier, Crew> crews_;

  std::vector<std::jthread> threads_;  // last: gone before what they use
};

}  // namespace weir::server
