// When what could not be delivered is tried again: AWS's limits for targets of rules, which channels have, too.
//
// Threads: values and pure functions.
#pragma once
#include <optional>

#include "base/clock.h"
#include "base/record.h"

namespace weir::events {

struct RetryPolicy {
  int64_t attempts_max = 185;  // after the first
  int64_t age_max_s = 86'400;

  // When attempt `made` + 1 is made; nothing: it was the last. `made` attempts have been made, the last one at `now`.
  std::optional<base::Instant> next(int64_t made, base::Instant created, base::Instant now) const;
};
WEIR_RECORD(RetryPolicy, FIELD("MaximumRetryAttempts", &RetryPolicy::attempts_max),
            FIELD("MaximumEventAgeInSeconds", &RetryPolicy::age_max_s))

}  // namespace weir::events
