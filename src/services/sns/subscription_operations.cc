#include "services/sns/subscription_operations.h"

#include "app/notifications/subscriptions.h"
#include "base/text.h"

namespace weir::services::sns {
namespace {

using notifications::Subscription;
using notifications::SubscriptionState;

bool is_pending(const Subscription& subscription) { return subscription.state == SubscriptionState::pending; }

w::Subscription to_wire(const Subscription& subscription, std::string_view viewer) {
  w::Subscription out;
  out.SubscriptionArn = is_pending(subscription) ? "PendingConfirmation" : subscription.arn();
  out.Owner = subscription.owner;
  out.Protocol = std::string(notifications::to_string(subscription.protocol));
  out.Endpoint = notifications::shown_endpoint(subscription, viewer);
  out.TopicArn = subscription.topic_name().arn();
  return out;
}

template <class Out>
Out list_of(const app::Call& call, const notifications::Page<Subscription>& page) {
  Out out;
  out.Subscriptions.give();
  for (const auto& subscription : page.items)
    out.Subscriptions.push_back(to_wire(subscription, call.caller().account()));
  if (!page.next.empty()) out.NextToken = page.next;
  return out;
}

base::Result<wire::Nothing> done(base::Status status) {
  if (!status.ok()) return std::move(status).error();
  return wire::Nothing{};
}

}  // namespace

base::Result<w::SubscribeResponse> subscribe(app::Call& call, const w::SubscribeInput& in) {
  WEIR_TRY(auto made, app::subscribe(call, {*in.TopicArn, *in.Protocol, in.Endpoint.value_or(""), in.Attributes}));
  bool shown = in.ReturnSubscriptionArn.value_or(false) || !is_pending(made);
  w::SubscribeResponse out;
  out.SubscriptionArn = shown ? made.arn() : "pending confirmation";
  return out;
}

base::Result<w::ConfirmSubscriptionResponse> confirm_subscription(app::Call& call,
                                                                  const w::ConfirmSubscriptionInput& in) {
  bool authenticate = base::equal_ignoring_case(in.AuthenticateOnUnsubscribe.value_or(""), "true");
  WEIR_TRY(auto confirmed, app::confirm_subscription(call, {*in.TopicArn, *in.Token, authenticate}));
  w::ConfirmSubscriptionResponse out;
  out.SubscriptionArn = confirmed.arn();
  return out;
}

base::Result<wire::Nothing> unsubscribe(app::Call& call, const w::UnsubscribeInput& in) {
  return done(app::unsubscribe(call, *in.SubscriptionArn));
}

base::Result<w::ListSubscriptionsResponse> list_subscriptions(app::Call& call, const w::ListSubscriptionsInput& in) {
  WEIR_TRY(auto page, app::list_subscriptions(call, in.NextToken.value_or("")));
  return list_of<w::ListSubscriptionsResponse>(call, page);
}

base::Result<w::ListSubscriptionsByTopicResponse> list_subscriptions_by_topic(
    app::Call& call, const w::ListSubscriptionsByTopicInput& in) {
  WEIR_TRY(auto page, app::list_subscriptions_by_topic(call, *in.TopicArn, in.NextToken.value_or("")));
  return list_of<w::ListSubscriptionsByTopicResponse>(call, page);
}

base::Result<w::GetSubscriptionAttributesResponse> get_subscription_attributes(
    app::Call& call, const w::GetSubscriptionAttributesInput& in) {
  WEIR_TRY(auto attributes, app::get_subscription_attributes(call, *in.SubscriptionArn));
  w::GetSubscriptionAttributesResponse out;
  out.Attributes = std::move(attributes);
  return out;
}

base::Result<wire::Nothing> set_subscription_attributes(app::Call& call, const w::SetSubscriptionAttributesInput& in) {
  return done(
      app::set_subscription_attribute(call, *in.SubscriptionArn, *in.AttributeName, in.AttributeValue.value_or("")));
}

}  // namespace weir::services::sns
