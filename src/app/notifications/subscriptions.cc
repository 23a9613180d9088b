#include "app/notifications/subscriptions.h"

#include "app/notifications/subscription_attributes.h"
#include "app/notifications/subscription_changes.h"
#include "app/notifications/topic_access.h"
#include "notifications/signer.h"
#include "notifications/tally.h"

namespace weir::app {

using notifications::invalid_parameter;
using notifications::Page;
using notifications::Subscription;
using notifications::SubscriptionName;
using notifications::SubscriptionRecords;
using notifications::SubscriptionState;
using notifications::TopicName;

namespace {

base::Error no_such_subscription() { return base::not_found("Subscription does not exist", "subscription"); }

bool is_live(const std::optional<Subscription>& found) { return found && found->state != SubscriptionState::deleted; }

base::Result<Subscription> live(SubscriptionRecords& records, const SubscriptionName& name) {
  WEIR_TRY(auto found, records.find(name));
  if (!is_live(found)) return no_such_subscription();
  return std::move(*found);
}

// What is done to one subscription, by its owner or its topic's. IAM knows no resource for these actions.
base::Result<Subscription> authorize_subscription(Call& call, std::string_view action, const std::string& arn) {
  call.about("subscriptionArn", arn);
  WEIR_TRY(auto name, notifications::parse_subscription_arn(arn));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  SubscriptionRecords records(*tx);
  WEIR_TRY(auto found, records.find(name));
  const auto& caller = call.caller().account();
  bool ours = name.topic.account == caller || (is_live(found) && found->owner == caller);
  WEIR_CHECK_OK(call.authorize(Ask{std::string(action)}, [&]() -> std::optional<Refusal> {
    if (ours) return std::nullopt;
    return Refusal{"Ownership of the subscription", base::denied("The subscription is another account's.", "access")};
  }));
  if (!is_live(found)) return no_such_subscription();
  return std::move(*found);
}

Subscription fresh_subscription(Call& call, const TopicName& topic, notifications::Protocol protocol,
                                const std::string& endpoint) {
  Subscription out;
  out.region = topic.region;
  out.account = topic.account;
  out.topic = topic.name;
  out.id = base::uuid(call.lake().randomness);
  out.owner = call.caller().account();
  out.principal = call.caller().arn();
  out.protocol = protocol;
  out.endpoint = endpoint;
  return out;
}

base::Error too_many_subscriptions() {
  return base::fail(base::Kind::limit_exceeded, "Subscription limit exceeded", "subscriptions");
}

base::Status check_room(store::Transaction& tx, const TopicName& topic, const std::string& owner) {
  notifications::Tallies tallies(tx);
  WEIR_TRY(auto of_topic, tallies.of_topic(topic.account, topic.name));
  WEIR_TRY(auto of_owner, tallies.of_account(owner));
  bool full =
      of_topic.subscriptions >= notifications::kSubscriptionsMax || of_owner.subscriptions >= notifications::kOwnedMax;
  return full ? base::Status(too_many_subscriptions()) : base::Status();
}

// A subscription that is there already must be asked for as it is.
base::Status check_same(const Subscription& there, const SubscriptionAttributes& attributes) {
  auto wanted = there;
  WEIR_CHECK_OK(set_attributes(wanted, attributes));
  if (base::to_json(wanted) == base::to_json(there)) return {};
  return invalid_parameter("Attributes", "Subscription already exists with different attributes");
}

base::Status ask_again(Call& call, store::Transaction& tx, Subscription& there,
                       const SubscriptionAttributes& attributes) {
  WEIR_CHECK_OK(check_same(there, attributes));
  if (there.state == SubscriptionState::confirmed) return {};
  return ask_to_confirm(call.lake(), tx, there, &there);
}

base::Result<GuardedTopic> authorize_subscribing(Call& call, const NewSubscription& wanted) {
  policy::Context extra;
  extra.set("sns:endpoint", wanted.endpoint);
  extra.set("sns:protocol", wanted.protocol);
  return authorize_topic(call, "sns:Subscribe", wanted.topic_arn, std::move(extra));
}

// The subscription that a token is for, as long as the token counts. In a closed account none does: nobody is left who
// could answer for the topic.
base::Result<Subscription> find_by_token(const Call& call, store::Transaction& tx, const Confirmation& confirmation) {
  WEIR_TRY(auto topic, notifications::parse_topic_arn(confirmation.topic_arn));
  if (!is_token(confirmation.token)) return invalid_parameter("Token");
  WEIR_TRY(auto found, SubscriptionRecords(tx).find_token(token_hash(confirmation.token)));
  if (!found || found->token_expires <= call.now()) return invalid_parameter("Token");
  if (found->topic_name() != topic) return invalid_parameter("Topic");
  if (!call.state().directory.find_account(topic.account)) return invalid_parameter("Token");
  return std::move(*found);
}

bool is_anonymous(const Call& call) { return call.caller().kind() == policy::PrincipalKind::anonymous; }

base::Status authorize_confirming(Call& call, const Confirmation& confirmation) {
  call.about("topicArn", confirmation.topic_arn);
  Ask ask{"sns:ConfirmSubscription", confirmation.topic_arn};
  if (!is_anonymous(call)) return call.authorize(ask);
  if (confirmation.authenticate_on_unsubscribe)
    return base::denied("AuthenticateOnUnsubscribe needs a signed request.", "access");
  return call.record(ask);
}

base::Result<notifications::DeliveryPolicy> effective_policy(const Call& call, const Subscription& subscription) {
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  WEIR_TRY(auto topic, notifications::TopicRecords(*tx).find(subscription.topic_name()));
  if (!topic) return no_such_topic();
  WEIR_TRY(auto of_topic, notifications::topic_delivery_policy(topic->delivery_policy));
  return notifications::subscription_delivery_policy(subscription.delivery_policy, of_topic);
}

base::Status end(Call& call, const SubscriptionName& name, bool farewell) {
  return store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    SubscriptionRecords records(tx);
    WEIR_TRY(auto there, live(records, name));
    return end_subscription(call.lake(), tx, there, farewell);
  });
}

}  // namespace

base::Result<Subscription> subscribe(Call& call, const NewSubscription& wanted) {
  call.about("protocol", wanted.protocol);
  WEIR_TRY(auto found, authorize_subscribing(call, wanted));
  WEIR_TRY(auto protocol, notifications::parse_protocol(wanted.protocol));
  WEIR_CHECK_OK(notifications::check_endpoint(protocol, wanted.endpoint));
  auto topic = found.topic.id();
  auto made = fresh_subscription(call, topic, protocol, wanted.endpoint);
  WEIR_CHECK_OK(set_attributes(made, wanted.attributes));
  WEIR_CHECK_OK(store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    SubscriptionRecords records(tx);
    WEIR_TRY(auto still, notifications::TopicRecords(tx).find(topic));
    if (!still) return no_such_topic();
    WEIR_CHECK_OK(notifications::Tallies(tx).check_backlog(made.owner));  // the question waits there, too
    // An account is told of its own subscription only: another one's, which that one could end or filter, is none.
    WEIR_TRY(auto there, records.find_endpoint(topic, protocol, wanted.endpoint, made.owner));
    if (is_live(there)) {
      made = *there;
      return ask_again(call, tx, made, wanted.attributes);
    }
    WEIR_CHECK_OK(check_room(tx, topic, made.owner));
    return ask_to_confirm(call.lake(), tx, made, there ? &*there : nullptr);
  }));
  return made;
}

base::Result<Subscription> confirm_subscription(Call& call, const Confirmation& confirmation) {
  WEIR_CHECK_OK(authorize_confirming(call, confirmation));
  Subscription confirmed;
  WEIR_CHECK_OK(store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(confirmed, find_by_token(call, tx, confirmation));
    return confirm(tx, confirmed, confirmation.authenticate_on_unsubscribe);
  }));
  return confirmed;
}

base::Status unsubscribe(Call& call, const std::string& arn) {
  WEIR_TRY(auto found, authorize_subscription(call, "sns:Unsubscribe", arn));
  // Its owner knows; an endpoint of another program hears of it all the same, as from AWS.
  bool farewell = !notifications::is_mail(found.protocol) || found.owner != call.caller().account();
  return end(call, {found.topic_name(), found.id}, farewell);
}

base::Status unsubscribe_by_link(Call& call, const std::string& arn, const std::string& link_token) {
  call.about("subscriptionArn", arn);
  WEIR_TRY(auto name, notifications::parse_subscription_arn(arn));
  auto* signer = call.lake().signer;
  if (!signer || !base::same_bytes(signer->link_token(arn), link_token)) return invalid_parameter("Token");
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  SubscriptionRecords records(*tx);
  WEIR_TRY(auto found, live(records, name));
  if (found.authenticate_on_unsubscribe)
    return base::denied("This subscription ends by a signed request only.", "access");
  WEIR_CHECK_OK(call.record(Ask{"sns:Unsubscribe", found.topic_name().arn(), found.account}));
  return end(call, name, true);
}

base::Result<Page<Subscription>> list_subscriptions(Call& call, const std::string& token) {
  WEIR_CHECK_OK(call.authorize(Ask{"sns:ListSubscriptions"}));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  return SubscriptionRecords(*tx).list_owned(call.caller().account(), token);
}

base::Result<Page<Subscription>> list_subscriptions_by_topic(Call& call, const std::string& arn,
                                                             const std::string& token) {
  WEIR_TRY(auto found, authorize_topic(call, "sns:ListSubscriptionsByTopic", arn));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  return SubscriptionRecords(*tx).list(found.topic.id(), token);
}

base::Result<SubscriptionAttributes> get_subscription_attributes(Call& call, const std::string& arn) {
  WEIR_TRY(auto found, authorize_subscription(call, "sns:GetSubscriptionAttributes", arn));
  WEIR_TRY(auto effective, effective_policy(call, found));
  return shown_attributes(found, effective, call.caller().account());
}

base::Status set_subscription_attribute(Call& call, const std::string& arn, const std::string& name,
                                        const std::string& value) {
  call.about("attributeName", name);
  WEIR_TRY(auto found, authorize_subscription(call, "sns:SetSubscriptionAttributes", arn));
  return store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    SubscriptionRecords records(tx);
    WEIR_TRY(auto there, live(records, {found.topic_name(), found.id}));
    auto changed = there;
    WEIR_CHECK_OK(set_attribute(changed, name, value));
    return records.put(changed, &there);
  });
}

}  // namespace weir::app
