// What a runner has to do: jobs that wait for a thread, and when to look at the clock next.
//
// It is a copy: everything in it is in the store as well, so losing it loses nothing. The store's watchers fill it.
//
// Invariants:
//  1. One job of a key is worked on at a time; one that comes while its key is worked on is kept for after.
//  2. A job that failed comes back when its pause is over, and not before, whoever adds it again.
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

#include "base/clock.h"

namespace weir::server {

template <class What>
class Agenda {
 public:
  struct Job {
    std::string key;
    What what;
  };

  explicit Agenda(const base::Clock& clock) : clock_(clock) {}

  void add(Job job) {
    std::lock_guard lock(mutex_);
    push(std::move(job));
  }
  // The store has something that is due at `at`.
  void look_at(base::Instant at) {
    std::lock_guard lock(mutex_);
    if (at >= look_) return;
    look_ = at;
    has_look_.notify_one();
  }

  // The next job; nothing when the agenda is closed.
  std::optional<Job> take();
  // The job is done, or is to be tried again after `pause`.
  void finish(const Job& job, std::optional<base::Seconds> pause = {});

  // Waits until a look is due, and forgets it; false when the agenda is closed. Jobs whose pause is over are taken up
  // again meanwhile.
  bool wait_for_look();

  void close() {
    std::lock_guard lock(mutex_);
    closed_ = true;
    has_job_.notify_all();
    has_look_.notify_all();
  }

 private:
  enum class Stage { queued, working, working_and_again, paused };
  // The clock on the wall may be set: nobody sleeps longer than this by what it said.
  static constexpr std::chrono::seconds kSleepMax{1};

  void take_up_paused();             // mutex_ held
  void push(Job job);                // mutex_ held
  base::Instant next_look() const {  // mutex_ held
    return paused_.empty() ? look_ : std::min(look_, paused_.begin()->first);
  }

  const base::Clock& clock_;
  std::mutex mutex_;  // guards what follows
  std::condition_variable has_job_, has_look_;
  std::deque<Job> queue_;
  std::unordered_map<std::string, Stage> stages_;
  std::unordered_map<std::string, Job> again_;
  // By when they come back. A clock that was set to before a pause began ends it.
  struct Paused {
    base::Instant since;
    Job job;
  };
  std::multimap<base::Instant, Paused> paused_;
  base::Instant look_ = base::Instant::min();  // at the start, at once
  bool closed_ = false;
};

template <class What>
void Agenda<What>::push(Job job) {
  auto [stage, fresh] = stages_.emplace(job.key, Stage::queued);
  if (fresh) {
    queue_.push_back(std::move(job));
    has_job_.notify_one();
    return;
  }
  bool waits = stage->second == Stage::queued || stage->second == Stage::paused;
  if (waits) return;
  stage->second = Stage::working_and_again;
  auto key = job.key;
  again_.insert_or_assign(std::move(key), std::move(job));
}

template <class What>
std::optional<typename Agenda<What>::Job> Agenda<What>::take() {
  std::unique_lock lock(mutex_);
  has_job_.wait(lock, [this] { return closed_ || !queue_.empty(); });
  if (closed_) return std::nullopt;
  auto job = std::move(queue_.front());
  queue_.pop_front();
  stages_[job.key] = Stage::working;
  return job;
}

template <class What>
void Agenda<What>::finish(const Job& job, std::optional<base::Seconds> pause) {
  std::lock_guard lock(mutex_);
  auto stage = stages_.find(job.key);
  bool again = stage->second == Stage::working_and_again;
  if (pause) {
    stage->second = Stage::paused;
    auto now = clock_.now();
    paused_.emplace(now + *pause, Paused{now, job});
    has_look_.notify_one();
  } else {
    stages_.erase(stage);
    if (again) push(std::move(again_.at(job.key)));
  }
  again_.erase(job.key);
}

template <class What>
void Agenda<What>::take_up_paused() {
  auto now = clock_.now();
  while (!paused_.empty() && (paused_.begin()->first <= now || paused_.begin()->second.since > now)) {
    auto job = std::move(paused_.begin()->second.job);
    paused_.erase(paused_.begin());
    stages_.erase(job.key);
    push(std::move(job));
  }
}

template <class What>
bool Agenda<What>::wait_for_look() {
  std::unique_lock lock(mutex_);
  while (!closed_) {
    take_up_paused();
    auto now = clock_.now();
    if (look_ <= now) {
      look_ = base::Instant::max();
      return true;
    }
    auto until = next_look();
    auto sleep = until - now < kSleepMax ? std::chrono::duration_cast<std::chrono::microseconds>(until - now)
                                         : std::chrono::microseconds(kSleepMax);
    has_look_.wait_for(lock, sleep);
  }
  return false;
}

}  // namespace weir::server
