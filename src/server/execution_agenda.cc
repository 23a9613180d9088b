#include "server/execution_agenda.h"

namespace weir::server {
namespace {

// The clock on the wall may be set: nobody sleeps longer than this by what it said.
constexpr std::chrono::seconds kSleepMax{1};

}  // namespace

void ExecutionAgenda::push(Job job) {
  auto [stage, fresh] = stages_.emplace(job.key, Stage::queued);
  if (!fresh) {
    if (stage->second == Stage::queued) return;
    stage->second = Stage::working_and_again;
    auto key = job.key;
    again_.insert_or_assign(std::move(key), std::move(job));
    return;
  }
  queue_.push_back(std::move(job));
  has_job_.notify_one();
}

void ExecutionAgenda::add(Job job) {
  std::lock_guard lock(mutex_);
  push(std::move(job));
}

void ExecutionAgenda::look_at(base::Instant at) {
  std::lock_guard lock(mutex_);
  if (at >= look_) return;
  look_ = at;
  has_look_.notify_one();
}

std::optional<Job> ExecutionAgenda::take() {
  std::unique_lock lock(mutex_);
  has_job_.wait(lock, [this] { return closed_ || !queue_.empty(); });
  if (closed_) return std::nullopt;
  auto job = std::move(queue_.front());
  queue_.pop_front();
  stages_[job.key] = Stage::working;
  return job;
}

void ExecutionAgenda::finish(const Job& job, std::optional<base::Seconds> pause) {
  std::lock_guard lock(mutex_);
  auto stage = stages_.find(job.key);
  bool again = stage->second == Stage::working_and_again;
  stages_.erase(stage);
  if (pause) {
    paused_.emplace(clock_.now() + *pause, job);
    has_look_.notify_one();
  } else if (again) {
    push(std::move(again_.at(job.key)));
  }
  again_.erase(job.key);
}

base::Instant ExecutionAgenda::next_look() const {
  return paused_.empty() ? look_ : std::min(look_, paused_.begin()->first);
}

void ExecutionAgenda::take_up_paused() {
  auto now = clock_.now();
  while (!paused_.empty() && paused_.begin()->first <= now) {
    auto job = std::move(paused_.begin()->second);
    paused_.erase(paused_.begin());
    push(std::move(job));
  }
}

bool ExecutionAgenda::wait_for_look() {
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

void ExecutionAgenda::close() {
  std::lock_guard lock(mutex_);
  closed_ = true;
  has_job_.notify_all();
  has_look_.notify_all();
}

}  // namespace weir::server
