#include "notifications/subscription.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "names/arn.h"
#include "notifications/mail_address.h"
#include "notifications/webhook_url.h"

namespace weir::notifications {
namespace {

constexpr std::array kProtocols = {Protocol::email, Protocol::email_json, Protocol::http, Protocol::https};

// Of AWS's, those that lead to services or devices this server has nothing to do with.
bool is_known_elsewhere(std::string_view protocol) {
  constexpr std::array<std::string_view, 5> kElsewhere = {"sms", "sqs", "application", "lambda", "firehose"};
  return std::ranges::find(kElsewhere, protocol) != kElsewhere.end();
}

bool is_uuid(std::string_view text) {
  if (text.size() != 36) return false;
  for (size_t i = 0; i < text.size(); ++i) {
    bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    bool hex = (text[i] >= '0' && text[i] <= '9') || (text[i] >= 'a' && text[i] <= 'f');
    if (dash ? text[i] != '-' : !hex) return false;
  }
  return true;
}

std::string_view to_string(SubscriptionState state) {
  switch (state) {
    case SubscriptionState::pending: return "pending";
    case SubscriptionState::confirmed: return "confirmed";
    case SubscriptionState::deleted: return "deleted";
  }
  return "deleted";
}

}  // namespace

std::string_view to_string(Protocol protocol) {
  switch (protocol) {
    case Protocol::email: return "email";
    case Protocol::email_json: return "email-json";
    case Protocol::http: return "http";
    case Protocol::https: return "https";
  }
  return "";
}

base::Result<Protocol> parse_protocol(std::string_view text) {
  for (auto protocol : kProtocols)
    if (text == to_string(protocol)) return protocol;
  if (is_known_elsewhere(text))
    return invalid_parameter("Protocol", "subscriptions by " + std::string(text) + " are not offered here");
  return invalid_parameter("Amazon SNS does not support this protocol string: " + std::string(text.substr(0, 64)));
}

base::Json to_json(const Protocol& protocol) { return to_string(protocol); }

base::Status from_json(const base::Json& json, Protocol& protocol) {
  auto* text = json.as_string();
  for (auto candidate : kProtocols)
    if (text && *text == to_string(candidate)) return protocol = candidate, base::Status();
  return base::internal("record: a protocol was expected");
}

base::Json to_json(const SubscriptionState& state) { return to_string(state); }

base::Status from_json(const base::Json& json, SubscriptionState& state) {
  auto* text = json.as_string();
  for (auto candidate : {SubscriptionState::pending, SubscriptionState::confirmed, SubscriptionState::deleted})
    if (text && *text == to_string(candidate)) return state = candidate, base::Status();
  return base::internal("record: the state of a subscription was expected");
}

base::Result<SubscriptionName> parse_subscription_arn(std::string_view arn) {
  auto colon = arn.rfind(':');
  if (colon == std::string_view::npos || !is_uuid(arn.substr(colon + 1))) return invalid_parameter("SubscriptionArn");
  WEIR_TRY(auto topic, parse_topic_arn(arn.substr(0, colon), "SubscriptionArn"));
  return SubscriptionName{std::move(topic), std::string(arn.substr(colon + 1))};
}

base::Status check_endpoint(Protocol protocol, std::string_view endpoint) {
  if (is_mail(protocol)) {
    if (!is_mail_address(endpoint)) return invalid_parameter("Email address");
    return {};
  }
  auto url = parse_webhook_url(endpoint);
  if (!url) return std::move(url).error();
  bool secure = protocol == Protocol::https;
  if (url->secure != secure) return invalid_parameter("Endpoint must match the specified protocol");
  return {};
}

std::string shown_endpoint(const Subscription& subscription, std::string_view viewer) {
  if (is_mail(subscription.protocol)) return subscription.endpoint;
  return viewer == subscription.owner ? without_password(subscription.endpoint)
                                      : without_secrets(subscription.endpoint);
}

}  // namespace weir::notifications
