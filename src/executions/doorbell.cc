#include "executions/doorbell.h"

namespace weir::executions {

Doorbell::Waiter::Waiter(Doorbell& bell, std::string name) : bell_(bell), name_(std::move(name)) {
  std::lock_guard lock(bell_.mutex_);
  place_ = bell_.waiters_.insert(bell_.waiters_.end(), this);
}

Doorbell::Waiter::~Waiter() {
  std::lock_guard lock(bell_.mutex_);
  bell_.waiters_.erase(place_);
  if (rung_) bell_.ring_one(name_);
}

bool Doorbell::Waiter::wait_until(std::chrono::steady_clock::time_point deadline) {
  std::unique_lock lock(bell_.mutex_);
  wakes_.wait_until(lock, deadline, [this] { return rung_ || bell_.closed_; });
  return std::exchange(rung_, false) && !bell_.closed_;
}

void Doorbell::ring(std::string_view name) {
  std::lock_guard lock(mutex_);
  ring_one(name);
}

void Doorbell::ring_one(std::string_view name) {
  for (auto* waiter : waiters_) {
    if (waiter->rung_ || waiter->name_ != name) continue;
    waiter->rung_ = true;
    waiter->wakes_.notify_one();
    return;
  }
}

void Doorbell::close() {
  std::lock_guard lock(mutex_);
  closed_ = true;
  for (auto* waiter : waiters_) waiter->wakes_.notify_one();
}

}  // namespace weir::executions
