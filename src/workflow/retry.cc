#include "workflow/retry.h"

#include <algorithm>
#include <cmath>

#include "workflow/limits.h"

namespace weir::workflow {
namespace {

bool names(const std::string& rule, const Failure& failure) {
  auto error = failure.error.value_or("");
  if (!failure.also.empty() && rule == failure.also) return true;
  if (error == kRuntime) return false;
  if (rule == error) return true;
  if (error == kDataLimitExceeded) return false;
  if (rule == kStatesAll) return true;
  return rule == kTaskFailed && error != kTimeout;
}

}  // namespace

bool names_failure(const std::vector<std::string>& error_equals, const Failure& failure) {
  return std::any_of(error_equals.begin(), error_equals.end(), [&](auto& rule) { return names(rule, failure); });
}

std::chrono::microseconds Retrier::delay(int64_t retried, Entropy& entropy) const {
  double bound = static_cast<double>(delay_s_max ? delay_s_max : kSecondsMax);
  double seconds =
      std::min(bound, static_cast<double>(interval_s) * std::pow(backoff_rate, static_cast<double>(retried)));
  if (full_jitter) seconds *= entropy.fraction();
  return std::chrono::microseconds(std::llround(seconds * 1e6));
}

}  // namespace weir::workflow
