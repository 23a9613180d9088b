// How one attempt at an entry of the outbox ended, and what becomes of the entry.
//
// Threads: values and pure functions.
#pragma once
#include <functional>
#include <optional>
#include <string>

#include "base/clock.h"
#include "notifications/webhook.h"
#include "store/store.h"

namespace weir::app {

struct DeliveryOutcome {
  enum class How {
    delivered,
    later,     // it may be taken another time
    never,     // it will not be taken
    obsolete,  // what it was about has ended
  };
  How how = How::obsolete;
  std::string why = {};
};

DeliveryOutcome outcome_of(const base::Status& sent);
// 2xx is taken; 5xx, 429 and no answer may be taken later; whatever else is an answer for good.
DeliveryOutcome outcome_of(const base::Result<notifications::WebhookAnswer>& answer);

struct DeliveryAttempt {
  DeliveryOutcome outcome = {};
  std::optional<base::Instant> again = {};                     // of an outcome `later`: none, it was the last attempt
  std::function<base::Status(store::Transaction&)> then = {};  // in the transaction in which the entry goes
};

}  // namespace weir::app
