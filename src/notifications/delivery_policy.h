// When a delivery that failed is tried again.
//
// Four phases, as AWS has them: at once, then at the least delay, then growing from the least to the longest, then
// at the longest. Topics set them for HTTP, and subscriptions over that; mail has phases of its own.
//
// Threads: values and pure functions.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/json.h"

namespace weir::notifications {

enum class Backoff { linear, arithmetic, geometric, exponential };

struct RetryPolicy {
  int64_t min_delay_s = 20;
  int64_t max_delay_s = 20;
  int64_t retries = 3;  // of all phases
  int64_t at_once = 0;
  int64_t at_min_delay = 0;
  int64_t at_max_delay = 0;
  Backoff backoff = Backoff::linear;

  // How long to wait before retry `n` (1 is the first); nothing: it was the last.
  std::optional<base::Seconds> delay_before(int64_t n) const;
  bool operator==(const RetryPolicy&) const = default;
};

// Two retries ten seconds apart, ten from ten seconds to ten minutes, then every ten minutes: six hours in all.
RetryPolicy mail_retry_policy();

struct DeliveryPolicy {
  RetryPolicy retry;
  std::string content_type = "text/plain; charset=UTF-8";
  bool no_overrides = false;  // subscriptions keep to what the topic says
};

// Kind::invalid "Invalid parameter: DeliveryPolicy: ..." for what cannot be read, is out of its range or is not
// offered (throttling). Without `text`, the default.
base::Result<DeliveryPolicy> topic_delivery_policy(const std::optional<std::string>& text);
base::Result<DeliveryPolicy> subscription_delivery_policy(const std::optional<std::string>& text,
                                                          const DeliveryPolicy& of_topic);

// EffectiveDeliveryPolicy, as JSON text.
std::string effective_topic_policy(const DeliveryPolicy& policy);
std::string effective_subscription_policy(const DeliveryPolicy& policy);

}  // namespace weir::notifications
