// What the runner of executions has to do: effects that wait for a thread, and when to look at the clock next.
//
// It is a copy: everything in it is in the store as well, so losing it loses nothing. The store's watchers fill it.
//
// Invariants:
//  1. One job of a key is worked on at a time; one that comes while its key is worked on is kept for after.
//  2. A job that failed comes back later, not at once.
//
// Threads: any.
#pragma once
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <variant>

#include "executions/execution_records.h"

namespace weir::server {

struct Job {
  std::string key;
  std::variant<executions::Effect, executions::Wake> what;
};

class ExecutionAgenda {
 public:
  explicit ExecutionAgenda(const base::Clock& clock) : clock_(clock) {}

  void add(Job job);
  // The store has wake-ups due at `at`.
  void look_at(base::Instant at);

  // The next job; nothing when the agenda is closed.
  std::optional<Job> take();
  // The job is done, or is to be tried again after `pause`.
  void finish(const Job& job, std::optional<base::Seconds> pause = {});

  // Waits until a look is due, and forgets it; false when the agenda is closed. Jobs whose pause is over are taken up
  // again meanwhile.
  bool wait_for_look();

  void close();

 private:
  enum class Stage { queued, working, working_and_again };
  void take_up_paused();            // mutex_ held
  void push(Job job);               // mutex_ held
  base::Instant next_look() const;  // mutex_ held

  const base::Clock& clock_;
  std::mutex mutex_;  // guards what follows
  std::condition_variable has_job_, has_look_;
  std::deque<Job> queue_;
  std::unordered_map<std::string, Stage> stages_;
  std::unordered_map<std::string, Job> again_;
  std::multimap<base::Instant, Job> paused_;
  base::Instant look_ = base::Instant::min();  // at the start, at once
  bool closed_ = false;
};

}  // namespace weir::server
