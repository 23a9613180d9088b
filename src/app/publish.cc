#include "app/publish.h"

#include "app/topic_access.h"
#include "notifications/filter_policy.h"
#include "notifications/outbox.h"

namespace weir::app {

using notifications::Message;
using notifications::Outbox;
using notifications::OutboxEntry;
using notifications::Subscription;
using notifications::SubscriptionState;

namespace {

base::Result<Message> message_of(Call& call, const std::string& topic_arn, const Publication& publication) {
  if (publication.structure && *publication.structure != "json")
    return notifications::invalid_parameter("MessageStructure");
  Message message;
  message.id = base::uuid(call.lake().randomness);
  message.topic_arn = topic_arn;
  message.subject = publication.subject;
  message.text = publication.text;
  message.by_protocol = publication.structure.has_value();
  message.attributes = publication.attributes;
  message.published = call.now();
  WEIR_CHECK_OK(notifications::check_message(message));
  return message;
}

// A policy that cannot be read lets nothing through.
bool is_wanted(const Subscription& subscription, const Message& message) {
  if (subscription.filter_policy.empty()) return true;
  auto scope = notifications::parse_filter_scope(subscription.filter_scope);
  if (!scope) return false;
  auto policy = notifications::FilterPolicy::parse(subscription.filter_policy, *scope);
  bool body = *scope == notifications::FilterScope::body;
  auto text = body ? notifications::text_for(message, subscription.protocol) : std::string();
  return policy.ok() && notifications::wants(*policy, *scope, message, text);
}

OutboxEntry delivery_of(Call& call, const Message& message, const Subscription& subscription) {
  OutboxEntry entry;
  entry.id = base::uuid(call.lake().randomness);
  entry.errand = notifications::Errand::notification;
  entry.due = entry.created = call.now();
  entry.subscription = subscription.arn();
  entry.message = message.id;
  return entry;
}

// A message and what is to be done about it.
struct Planned {
  Message message;
  std::vector<OutboxEntry> deliveries;
};

base::Result<std::vector<Planned>> plan(Call& call, const notifications::TopicName& topic,
                                        std::vector<Message> messages) {
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  WEIR_TRY(auto all, notifications::SubscriptionRecords(*tx).all(topic));
  std::vector<Planned> out;
  for (auto& message : messages) {
    Planned planned{std::move(message), {}};
    for (const auto& subscription : all)
      if (subscription.state == SubscriptionState::confirmed && is_wanted(subscription, planned.message))
        planned.deliveries.push_back(delivery_of(call, planned.message, subscription));
    out.push_back(std::move(planned));
  }
  return out;
}

// Messages and their deliveries, all or none. Subscriptions that end meanwhile are passed over when it is their turn.
base::Status commit(Call& call, const notifications::TopicName& topic, std::vector<Message> messages) {
  WEIR_TRY(auto planned, plan(call, topic, std::move(messages)));
  return store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    Outbox outbox(tx);
    for (const auto& [message, deliveries] : planned) {
      if (!deliveries.empty()) WEIR_CHECK_OK(outbox.keep(message));
      for (const auto& delivery : deliveries) WEIR_CHECK_OK(outbox.add(delivery));
    }
    return {};
  });
}

size_t size_of(const Publication& publication) {
  size_t size = publication.text.size();
  for (const auto& [name, attribute] : publication.attributes)
    size += name.size() + attribute.type.size() + attribute.value.size();
  return size;
}

base::Status check_batch_size(const std::vector<Publication>& publications) {
  size_t size = 0;
  for (const auto& publication : publications) size += size_of(publication);
  if (size <= notifications::kMessageBytesMax) return {};
  return base::invalid("The length of all the messages put together is more than the limit.", "batch");
}

}  // namespace

base::Result<std::string> publish(Call& call, const std::string& topic_arn, const Publication& publication) {
  WEIR_TRY(auto found, authorize_topic(call, "sns:Publish", topic_arn));
  WEIR_TRY(auto message, message_of(call, topic_arn, publication));
  WEIR_CHECK_OK(commit(call, found.topic.id(), {message}));
  return message.id;
}

base::Result<Published> publish_batch(Call& call, const std::string& topic_arn,
                                      const std::vector<Publication>& publications) {
  WEIR_TRY(auto found, authorize_topic(call, "sns:Publish", topic_arn));
  WEIR_CHECK_OK(check_batch_size(publications));
  Published out;
  std::vector<Message> accepted;
  for (const auto& publication : publications) {
    auto message = message_of(call, topic_arn, publication);
    if (message) accepted.push_back(*message);
    out.push_back(message ? base::Result<std::string>(message->id) : base::Result<std::string>(message.error()));
  }
  WEIR_CHECK_OK(commit(call, found.topic.id(), std::move(accepted)));
  return out;
}

}  // namespace weir::app
