// Retry and Catch: which errors a rule names, and how long to wait before the next attempt.
//
// States.ALL names everything but States.DataLimitExceeded and States.Runtime; States.TaskFailed everything but
// those and States.Timeout. States.Runtime itself can only be named by the second name a failure has.
#pragma once
#include <string>
#include <vector>

#include "workflow/entropy.h"
#include "workflow/states_error.h"

namespace weir::workflow {

bool names_failure(const std::vector<std::string>& error_equals, const Failure& failure);

struct Retrier {
  std::vector<std::string> error_equals;
  int64_t interval_s = 1;
  int64_t attempts_max = 3;
  double backoff_rate = 2.0;
  int64_t delay_s_max = 0;  // 0: no bound but kSecondsMax
  bool full_jitter = false;

  // Before attempt `retried` + 1, counted from 0.
  std::chrono::microseconds delay(int64_t retried, Entropy& entropy) const;
};

}  // namespace weir::workflow
