// A subscription: who hears of what is published to a topic, and how.
//
// Invariants:
//  1. Nothing but its confirmation goes to a subscription that is pending, and nothing at all to a deleted one.
//  2. A deleted subscription stays until its token expires, so that the link of the farewell can restore it.
//
// Threads: values and pure functions.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/record.h"
#include "notifications/topic.h"

namespace weir::notifications {

enum class Protocol { email, email_json, http, https };
std::string_view to_string(Protocol protocol);
// Kind::invalid for what AWS has and this server has not, and for what nobody has.
base::Result<Protocol> parse_protocol(std::string_view text);
inline bool is_mail(Protocol protocol) { return protocol == Protocol::email || protocol == Protocol::email_json; }
base::Json to_json(const Protocol& protocol);
base::Status from_json(const base::Json& json, Protocol& protocol);

enum class SubscriptionState { pending, confirmed, deleted };
base::Json to_json(const SubscriptionState& state);
base::Status from_json(const base::Json& json, SubscriptionState& state);

struct Subscription {
  std::string region;
  std::string account;  // of the topic
  std::string topic;
  std::string id;     // a UUID
  std::string owner;  // the account that subscribed
  std::string principal;
  Protocol protocol = Protocol::email;
  std::string endpoint;
  SubscriptionState state = SubscriptionState::pending;
  bool confirmed_by_caller = false;          // by a signed ConfirmSubscription of the owner
  bool authenticate_on_unsubscribe = false;  // only signed requests end it
  bool raw = false;
  std::string filter_policy;  // JSON as given; empty: everything is delivered
  std::string filter_scope = "MessageAttributes";
  std::optional<std::string> delivery_policy;
  std::string token_hash;  // of the token that confirms or restores it; empty: there is none
  base::Instant token_expires{};

  TopicName topic_name() const { return {region, account, topic}; }
  std::string arn() const { return topic_name().arn() + ":" + id; }
};
WEIR_RECORD(Subscription, FIELD("Region", &Subscription::region), FIELD("Account", &Subscription::account),
            FIELD("Topic", &Subscription::topic), FIELD("Id", &Subscription::id), FIELD("Owner", &Subscription::owner),
            FIELD("Principal", &Subscription::principal), FIELD("Protocol", &Subscription::protocol),
            FIELD("Endpoint", &Subscription::endpoint), FIELD("State", &Subscription::state),
            FIELD("ConfirmedByCaller", &Subscription::confirmed_by_caller),
            FIELD("AuthenticateOnUnsubscribe", &Subscription::authenticate_on_unsubscribe),
            FIELD("Raw", &Subscription::raw), FIELD("FilterPolicy", &Subscription::filter_policy),
            FIELD("FilterScope", &Subscription::filter_scope), FIELD("DeliveryPolicy", &Subscription::delivery_policy),
            FIELD("TokenHash", &Subscription::token_hash), FIELD("TokenExpires", &Subscription::token_expires))

struct SubscriptionName {
  TopicName topic;
  std::string id;
  std::string arn() const { return topic.arn() + ":" + id; }
};
// arn:aws:sns:REGION:ACCOUNT:TOPIC:UUID
base::Result<SubscriptionName> parse_subscription_arn(std::string_view arn);

// A mail address, or an absolute URL of the protocol's scheme. Kind::invalid "Invalid parameter: Endpoint".
base::Status check_endpoint(Protocol protocol, std::string_view endpoint);
// The endpoint as an account is shown it. The password in a URL is hidden from its owner, too; from the topic's owner
// and whoever else may look, all of it that can open a door: user, password and query.
std::string shown_endpoint(const Subscription& subscription, std::string_view viewer);

}  // namespace weir::notifications
