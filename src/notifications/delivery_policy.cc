#include "notifications/delivery_policy.h"

#include <array>
#include <cmath>

#include "base/text.h"
#include "notifications/topic.h"

namespace weir::notifications {
namespace {

constexpr int64_t kDelayMaxS = 3600, kRetriesMax = 100;
constexpr size_t kContentTypeMax = 128;
constexpr std::array kBackoffs = {Backoff::linear, Backoff::arithmetic, Backoff::geometric, Backoff::exponential};

std::string_view to_string(Backoff backoff) {
  switch (backoff) {
    case Backoff::linear: return "linear";
    case Backoff::arithmetic: return "arithmetic";
    case Backoff::geometric: return "geometric";
    case Backoff::exponential: return "exponential";
  }
  return "";
}

// How far from the least to the longest delay step `i` of 0..last is, between 0 and 1. AWS shows the curves and no
// formula.
double share(Backoff backoff, double i, double last) {
  switch (backoff) {
    case Backoff::linear: return i / last;
    case Backoff::arithmetic: return i * (i + 1) / (last * (last + 1));
    case Backoff::geometric: return (i * i) / (last * last);
    case Backoff::exponential: return (std::exp2(i) - 1) / (std::exp2(last) - 1);
  }
  return 1;
}

base::Error refused(const std::string& why) { return invalid_parameter("DeliveryPolicy: " + why); }

// Reads the members of one object, each once; says what was left over.
class Members {
 public:
  Members(const base::Json& json, std::string where) : json_(json), where_(std::move(where)) {}

  base::Status check(std::initializer_list<std::string_view> known) const {
    if (!json_.as_object()) return refused(where_ + " is not an object");
    for (const auto& [name, value] : *json_.as_object())
      if (std::find(known.begin(), known.end(), name) == known.end())
        return refused(where_ + " has no " + name.substr(0, 64));
    return {};
  }
  base::Status integer(std::string_view name, int64_t least, int64_t most, int64_t& into) const {
    auto* value = json_.find(name);
    if (!value || value->is_null()) return {};
    if (!value->as_int() || *value->as_int() < least || *value->as_int() > most)
      return refused(where_ + "." + std::string(name) + " must be between " + std::to_string(least) + " and " +
                     std::to_string(most));
    return into = *value->as_int(), base::Status();
  }
  const base::Json* find(std::string_view name) const {
    auto* value = json_.find(name);
    return value && !value->is_null() ? value : nullptr;
  }
  const std::string& where() const { return where_; }

 private:
  const base::Json& json_;
  std::string where_;
};

base::Status read_backoff(const Members& members, Backoff& into) {
  auto* value = members.find("backoffFunction");
  if (!value) return {};
  for (auto candidate : kBackoffs)
    if (value->as_string() && *value->as_string() == to_string(candidate)) return into = candidate, base::Status();
  return refused(members.where() + ".backoffFunction is not one of linear, arithmetic, geometric, exponential");
}

base::Status read_retry(const base::Json& json, const std::string& where, RetryPolicy& policy) {
  Members members(json, where);
  WEIR_CHECK_OK(members.check({"minDelayTarget", "maxDelayTarget", "numRetries", "numNoDelayRetries",
                               "numMinDelayRetries", "numMaxDelayRetries", "backoffFunction"}));
  WEIR_CHECK_OK(members.integer("minDelayTarget", 1, kDelayMaxS, policy.min_delay_s));
  WEIR_CHECK_OK(members.integer("maxDelayTarget", 1, kDelayMaxS, policy.max_delay_s));
  WEIR_CHECK_OK(members.integer("numRetries", 0, kRetriesMax, policy.retries));
  WEIR_CHECK_OK(members.integer("numNoDelayRetries", 0, kRetriesMax, policy.at_once));
  WEIR_CHECK_OK(members.integer("numMinDelayRetries", 0, kRetriesMax, policy.at_min_delay));
  WEIR_CHECK_OK(members.integer("numMaxDelayRetries", 0, kRetriesMax, policy.at_max_delay));
  WEIR_CHECK_OK(read_backoff(members, policy.backoff));
  if (policy.min_delay_s > policy.max_delay_s) return refused(where + ": minDelayTarget is above maxDelayTarget");
  if (policy.at_once + policy.at_min_delay + policy.at_max_delay > policy.retries)
    return refused(where + ": the phases have more retries than numRetries");
  return {};
}

base::Status read_request(const base::Json& json, const std::string& where, std::string& content_type) {
  Members members(json, where);
  WEIR_CHECK_OK(members.check({"headerContentType"}));
  auto* value = members.find("headerContentType");
  if (!value) return {};
  auto* text = value->as_string();
  if (!text || text->empty() || text->size() > kContentTypeMax || base::has_control_characters(*text))
    return refused(where + ".headerContentType is not a content type");
  return content_type = *text, base::Status();
}

base::Result<base::Json> read_object(std::string_view text) {
  auto json = base::parse_json(text);
  if (!json || !json->as_object()) return refused("not a JSON object");
  return json;
}

base::Status read_http(const base::Json& http, DeliveryPolicy& policy) {
  Members members(http, "http");
  WEIR_CHECK_OK(members.check(
      {"defaultHealthyRetryPolicy", "disableSubscriptionOverrides", "defaultThrottlePolicy", "defaultRequestPolicy"}));
  if (members.find("defaultThrottlePolicy")) return refused("throttling is not offered");
  if (auto* retry = members.find("defaultHealthyRetryPolicy"))
    WEIR_CHECK_OK(read_retry(*retry, "http.defaultHealthyRetryPolicy", policy.retry));
  if (auto* request = members.find("defaultRequestPolicy"))
    WEIR_CHECK_OK(read_request(*request, "http.defaultRequestPolicy", policy.content_type));
  auto* no_overrides = members.find("disableSubscriptionOverrides");
  if (no_overrides && !no_overrides->as_bool()) return refused("http.disableSubscriptionOverrides is not a boolean");
  policy.no_overrides = no_overrides && *no_overrides->as_bool();
  return {};
}

base::Json retry_json(const RetryPolicy& retry) {
  return base::Json::object()
      .set("minDelayTarget", retry.min_delay_s)
      .set("maxDelayTarget", retry.max_delay_s)
      .set("numRetries", retry.retries)
      .set("numMaxDelayRetries", retry.at_max_delay)
      .set("numNoDelayRetries", retry.at_once)
      .set("numMinDelayRetries", retry.at_min_delay)
      .set("backoffFunction", to_string(retry.backoff));
}

base::Json request_json(const DeliveryPolicy& policy) {
  return base::Json::object().set("headerContentType", policy.content_type);
}

}  // namespace

std::optional<base::Seconds> RetryPolicy::delay_before(int64_t n) const {
  if (n > retries) return std::nullopt;
  if (n <= at_once) return base::Seconds(0);
  n -= at_once;
  if (n <= at_min_delay) return base::Seconds(min_delay_s);
  n -= at_min_delay;
  auto growing = retries - at_once - at_min_delay - at_max_delay;
  if (n > growing) return base::Seconds(max_delay_s);
  if (growing == 1) return base::Seconds(min_delay_s);
  auto part = share(backoff, static_cast<double>(n - 1), static_cast<double>(growing - 1));
  return base::Seconds(min_delay_s + std::llround(part * static_cast<double>(max_delay_s - min_delay_s)));
}

RetryPolicy mail_retry_policy() {
  return {.min_delay_s = 10,
          .max_delay_s = 600,
          .retries = 50,
          .at_once = 0,
          .at_min_delay = 2,
          .at_max_delay = 38,
          .backoff = Backoff::exponential};
}

base::Result<DeliveryPolicy> topic_delivery_policy(const std::optional<std::string>& text) {
  DeliveryPolicy policy;
  if (!text) return policy;
  WEIR_TRY(auto json, read_object(*text));
  Members members(json, "the policy");
  WEIR_CHECK_OK(members.check({"http"}));
  if (auto* http = members.find("http")) WEIR_CHECK_OK(read_http(*http, policy));
  return policy;
}

base::Result<DeliveryPolicy> subscription_delivery_policy(const std::optional<std::string>& text,
                                                          const DeliveryPolicy& of_topic) {
  auto policy = of_topic;
  if (!text) return policy;
  WEIR_TRY(auto json, read_object(*text));
  Members members(json, "the policy");
  WEIR_CHECK_OK(
      members.check({"healthyRetryPolicy", "sicklyRetryPolicy", "throttlePolicy", "requestPolicy", "guaranteed"}));
  if (members.find("throttlePolicy") || members.find("sicklyRetryPolicy")) return refused("throttling is not offered");
  if (auto* retry = members.find("healthyRetryPolicy"))
    WEIR_CHECK_OK(read_retry(*retry, "healthyRetryPolicy", policy.retry));
  if (auto* request = members.find("requestPolicy"))
    WEIR_CHECK_OK(read_request(*request, "requestPolicy", policy.content_type));
  return of_topic.no_overrides ? of_topic : policy;
}

std::string effective_topic_policy(const DeliveryPolicy& policy) {
  auto http = base::Json::object()
                  .set("defaultHealthyRetryPolicy", retry_json(policy.retry))
                  .set("disableSubscriptionOverrides", policy.no_overrides)
                  .set("defaultRequestPolicy", request_json(policy));
  return base::Json::object().set("http", std::move(http)).dump();
}

std::string effective_subscription_policy(const DeliveryPolicy& policy) {
  return base::Json::object()
      .set("healthyRetryPolicy", retry_json(policy.retry))
      .set("sicklyRetryPolicy", base::Json())
      .set("throttlePolicy", base::Json())
      .set("requestPolicy", request_json(policy))
      .set("guaranteed", false)
      .dump();
}

}  // namespace weir::notifications
