// How often somebody may ask in a minute.
//
// INVARIANT: what it remembers is bounded: when too many ask, everybody new waits for the next minute.
//
// Threads: any.
#pragma once
#include <mutex>
#include <string>
#include <unordered_map>

#include "base/clock.h"

namespace weir::server {

class RequestLimit {
 public:
  explicit RequestLimit(int per_minute) : per_minute_(per_minute) {}

  // False when `who` has asked often enough in this minute.
  bool let_in(const std::string& who, base::Instant now) {
    std::lock_guard lock(mutex_);
    auto minute = std::chrono::floor<std::chrono::minutes>(now);
    if (minute != minute_) asked_.clear(), minute_ = minute;
    auto found = asked_.find(who);
    if (found == asked_.end()) {
      if (asked_.size() >= kRemembered) return false;
      found = asked_.emplace(who, 0).first;
    }
    return ++found->second <= per_minute_;
  }

 private:
  static constexpr size_t kRemembered = 100'000;
  const int per_minute_;
  std::mutex mutex_;  // guards what follows
  base::Instant minute_{};
  std::unordered_map<std::string, int> asked_;
};

}  // namespace weir::server
