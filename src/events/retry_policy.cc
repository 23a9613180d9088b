#include "events/retry_policy.h"

#include <algorithm>

namespace weir::events {
namespace {

// 185 attempts then fill the 24 hours; AWS publishes no formula.
constexpr int64_t kLongestS = 480;
constexpr int64_t kDoublingsMax = 9;

}  // namespace

std::optional<base::Instant> RetryPolicy::next(int64_t made, base::Instant created, base::Instant now) const {
  if (made > attempts_max) return std::nullopt;
  auto doublings = std::clamp<int64_t>(made - 1, 0, kDoublingsMax);
  auto due = now + base::Seconds(std::min(int64_t{1} << doublings, kLongestS));
  return due - created > base::Seconds(age_max_s) ? std::nullopt : std::optional(due);
}

}  // namespace weir::events
