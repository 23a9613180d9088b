#include "server/delivery_runner.h"

#include <algorithm>

#include "base/log.h"
#include "notifications/keys.h"

namespace weir::server {
namespace {

using namespace std::chrono_literals;
constexpr size_t kThreads = 12, kLookAtMost = 4096, kQueueMax = 1024, kQueueLow = 256;
constexpr int kAtOnce = 4, kQueuedMax = 32;  // of one subscription
constexpr auto kLongestSleep = 30s;          // in case a clock is set
constexpr auto kRest = 60s;

}  // namespace

DeliveryRunner::DeliveryRunner(app::Lake& lake, app::Channels channels) : lake_(lake), channels_(std::move(channels)) {
  lake_.store.watch(notifications::keys::outbox(), [bell = bell_](std::span<const store::Change> changes) {
    // What is erased was done.
    if (std::ranges::none_of(changes, [](const auto& change) { return change.value || change.reset; })) return;
    std::lock_guard lock(bell->mutex);
    bell->rung = true;
    bell->wake.notify_all();
  });
  threads_.emplace_back([this](const std::stop_token& done) { look(done); });
  for (size_t i = 0; i < kThreads; ++i) threads_.emplace_back([this](const std::stop_token& done) { work(done); });
}

DeliveryRunner::~DeliveryRunner() {
  for (auto& thread : threads_) thread.request_stop();
  threads_.clear();
}

void DeliveryRunner::ring() {
  std::lock_guard lock(bell_->mutex);
  bell_->rung = true;
  bell_->wake.notify_all();
}

void DeliveryRunner::look(const std::stop_token& done) {
  while (!done.stop_requested()) {
    auto next = refill();
    if (!next) base::log_error("deliveries.unreadable", {{"reason", next.error().log}});
    auto until = std::min(next.ok() ? *next : base::Instant::max(), lake_.clock.now() + kLongestSleep);
    std::unique_lock lock(bell_->mutex);
    bell_->wake.wait_until(lock, done, until, [&] { return bell_->rung; });
    bell_->rung = false;
  }
}

base::Result<base::Instant> DeliveryRunner::refill() {
  auto now = lake_.clock.now();
  if (is_well_filled()) return base::Instant::max();
  WEIR_TRY(auto tx, lake_.store.begin(store::Mode::read));
  notifications::Outbox outbox(*tx);
  WEIR_TRY(auto due, outbox.due(now, kLookAtMost));
  WEIR_TRY(auto next, outbox.next_after(now));
  std::lock_guard lock(mutex_);
  std::erase_if(held_, [&](const auto& held) { return held.second <= now; });
  for (const auto& entry : due)
    if (ready_.size() < kQueueMax && admit(entry)) ready_wake_.notify_one();
  auto first = next.value_or(base::Instant::max());
  for (const auto& [id, until] : held_) first = std::min(first, until);
  return first;
}

bool DeliveryRunner::is_well_filled() {
  std::lock_guard lock(mutex_);
  return ready_.size() > kQueueLow;
}

bool DeliveryRunner::admit(const Entry& entry) {
  auto queued = queued_.find(entry.subscription);
  bool full = queued != queued_.end() && queued->second >= kQueuedMax;
  if (full || !held_.emplace(entry.id, base::Instant::max()).second) return false;
  ++queued_[entry.subscription];
  ready_.push_back(entry);
  return true;
}

std::deque<DeliveryRunner::Entry>::iterator DeliveryRunner::next_ready() {
  return std::ranges::find_if(ready_, [&](const Entry& entry) {
    auto found = under_way_.find(entry.subscription);
    return entry.subscription.empty() || found == under_way_.end() || found->second < kAtOnce;
  });
}

void DeliveryRunner::work(const std::stop_token& done) {
  std::unique_lock lock(mutex_);
  while (ready_wake_.wait(lock, done, [&] { return next_ready() != ready_.end(); }) && !done.stop_requested()) {
    auto at = next_ready();
    auto entry = std::move(*at);
    ready_.erase(at);
    if (--queued_[entry.subscription] == 0) queued_.erase(entry.subscription);
    ++under_way_[entry.subscription];
    lock.unlock();
    attempt(entry);
    lock.lock();
    if (--under_way_[entry.subscription] == 0) under_way_.erase(entry.subscription);
    ready_wake_.notify_one();
    if (ready_.size() <= kQueueLow) ring();
  }
}

void DeliveryRunner::attempt(const Entry& entry) {
  auto status = app::attempt_delivery(lake_, channels_, entry);
  if (!status.ok())
    base::log_error("delivery.broken", {{"entry", entry.id}, {"reason", status.error().log + status.error().says}});
  std::lock_guard lock(mutex_);
  if (status.ok()) {
    held_.erase(entry.id);
  } else {
    held_[entry.id] = lake_.clock.now() + kRest;
  }
}

}  // namespace weir::server
