#include "app/notifications/subscription_attributes.h"

#include "notifications/filter_policy.h"

namespace weir::app {

using notifications::invalid_parameter;
using notifications::Subscription;

namespace {

base::Status check_filter(const std::string& policy, const std::string& scope_name) {
  WEIR_TRY(auto scope, notifications::parse_filter_scope(scope_name));
  if (policy.empty()) return {};
  auto read = notifications::FilterPolicy::parse(policy, scope);
  return read.ok() ? base::Status() : base::Status(std::move(read).error());
}

base::Status set_raw(Subscription& subscription, const std::string& value) {
  bool on = value == "true";
  if (!on && value != "false")
    return invalid_parameter("Attributes",
                             "RawMessageDelivery: Invalid value [" + value.substr(0, 64) + "]. Must be true or false.");
  if (on && notifications::is_mail(subscription.protocol))
    return invalid_parameter("Attributes", "Delivery protocol [" +
                                               std::string(notifications::to_string(subscription.protocol)) +
                                               "] does not support raw message delivery.");
  return subscription.raw = on, base::Status();
}

base::Status set_delivery_policy(Subscription& subscription, const std::string& value) {
  if (value.empty() || value == "{}") return subscription.delivery_policy.reset(), base::Status();
  if (notifications::is_mail(subscription.protocol))
    return invalid_parameter("DeliveryPolicy: only http and https subscriptions have one");
  WEIR_CHECK_OK(notifications::subscription_delivery_policy(value, {}));
  return subscription.delivery_policy = value, base::Status();
}

std::string flag(bool value) { return value ? "true" : "false"; }

}  // namespace

base::Status set_attribute(Subscription& subscription, const std::string& name, const std::string& value) {
  if (name == "RawMessageDelivery") return set_raw(subscription, value);
  if (name == "DeliveryPolicy") return set_delivery_policy(subscription, value);
  if (name == "FilterPolicy") {
    auto policy = value == "{}" ? std::string() : value;
    WEIR_CHECK_OK(check_filter(policy, subscription.filter_scope));
    return subscription.filter_policy = policy, base::Status();
  }
  if (name == "FilterPolicyScope") {
    WEIR_CHECK_OK(check_filter(subscription.filter_policy, value));
    return subscription.filter_scope = value, base::Status();
  }
  for (std::string_view unoffered : {"RedrivePolicy", "ReplayPolicy", "SubscriptionRoleArn"})
    if (name == unoffered) return invalid_parameter("Attributes", name + " is not offered here");
  return invalid_parameter("AttributeName");
}

base::Status set_attributes(Subscription& subscription, const std::map<std::string, std::string>& attributes) {
  auto scope = attributes.find("FilterPolicyScope");
  if (scope != attributes.end()) WEIR_CHECK_OK(set_attribute(subscription, scope->first, scope->second));
  for (const auto& [name, value] : attributes) WEIR_CHECK_OK(set_attribute(subscription, name, value));
  return {};
}

std::map<std::string, std::string> shown_attributes(const Subscription& subscription,
                                                    const notifications::DeliveryPolicy& effective,
                                                    std::string_view viewer) {
  std::map<std::string, std::string> out{
      {"SubscriptionArn", subscription.arn()},
      {"TopicArn", subscription.topic_name().arn()},
      {"Owner", subscription.owner},
      {"Protocol", std::string(notifications::to_string(subscription.protocol))},
      {"Endpoint", notifications::shown_endpoint(subscription, viewer)},
      {"SubscriptionPrincipal", subscription.principal},
      {"PendingConfirmation", flag(subscription.state == notifications::SubscriptionState::pending)},
      {"ConfirmationWasAuthenticated", flag(subscription.confirmed_by_caller)},
      {"RawMessageDelivery", flag(subscription.raw)}};
  if (!subscription.filter_policy.empty()) {
    out["FilterPolicy"] = subscription.filter_policy;
    out["FilterPolicyScope"] = subscription.filter_scope;
  }
  if (subscription.delivery_policy) out["DeliveryPolicy"] = *subscription.delivery_policy;
  if (!notifications::is_mail(subscription.protocol))
    out["EffectiveDeliveryPolicy"] = notifications::effective_subscription_policy(effective);
  return out;
}

}  // namespace weir::app
