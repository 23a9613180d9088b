// Whose delivery is next: fair turns between accounts, and between the queues of an account, for the threads of each
// carrier.
//
// It is a copy of little: which queues of the outbox have something that is due, or will have. Losing it loses nothing.
//
// Invariants:
//  1. Carriers share no threads: endpoints that hang delay no mail.
//  2. An account takes another thread only while it holds fewer than are free. Alone it comes to half of them, the next
//     one to half of the rest; when all are taken, the first that is free goes to an account that holds none.
//  3. Accounts take turns, and the queues of an account take turns. A queue has at most kAtOnce deliveries under way.
//  4. A queue is read by one thread at a time, so that no entry is attempted by two.
//
// Threads: one at a time, which is the caller's to see to.
#pragma once
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "notifications/outbox_queue.h"

namespace weir::server {

class DeliveryTurns {
 public:
  using Carrier = notifications::Carrier;
  using Queue = notifications::OutboxQueue;
  static constexpr int kAtOnce = 4;

  DeliveryTurns(Carrier carrier, int threads) : carrier_(carrier), free_(threads) {}
  Carrier carrier() const { return carrier_; }

  // The queue has an entry that is due at that time, or was.
  void heard(const Queue& queue, base::Instant due);
  // What has become due takes its turn from now on.
  void wake(base::Instant now);
  // When the first queue wakes that is asleep; the latest time there is when none does.
  base::Instant next_wake() const;

  // The queue whose turn it is, taken together with a thread: it is to be read, and begun() or passed() said. What is
  // under way of it is not to be taken again.
  struct Turn {
    Queue queue;
    std::set<std::string> under_way;
  };
  bool has_turn() const;
  std::optional<Turn> take();
  void begun(const Queue& queue, const std::string& entry);
  // Nothing of it is due; `next`: when something will be. The thread is free again.
  void passed(const Queue& queue, base::Instant next);
  // The thread is free again.
  void ended(const Queue& queue, const std::string& entry);

  // Queues that are known.
  size_t size() const { return lines_.size(); }

 private:
  enum class Stage {
    asleep,   // until `wakes`
    waiting,  // for its turn
    read,     // by the thread that took it
    full,     // until one of those under way has ended
  };
  struct Line {
    Stage stage = Stage::asleep;
    base::Instant wakes = base::Instant::max();
    base::Instant heard = base::Instant::max();  // while it was read
    // While something was under way: it may be that, put back to be tried again, which nobody reads before it has ended.
    base::Instant missed = base::Instant::max();
    std::set<std::string> under_way = {};
  };
  struct Account {
    int holds = 0;
    std::deque<Queue> waiting = {};
  };

  void sleep_until(const Queue& queue, Line& line, base::Instant at);
  void wait_for_turn(const Queue& queue, Line& line);
  void give_back(const std::string& account);
  void forget_if_idle(const Queue& queue);
  bool may_take(const std::string& account) const;

  const Carrier carrier_;
  int free_;
  std::map<Queue, Line> lines_;
  std::set<std::pair<base::Instant, Queue>> asleep_;
  std::map<std::string, Account> accounts_;  // that hold a thread or wait
  std::deque<std::string> turns_;            // accounts that wait, each once
};

}  // namespace weir::server
