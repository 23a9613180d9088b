#include "app/notifications/publish.h"

#include "app/notifications/topic_access.h"
#include "base/log.h"
#include "notifications/filter_cache.h"
#include "notifications/outbox.h"
#include "notifications/tally.h"

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

notifications::FilterCache& read_filters() {
  static notifications::FilterCache cache;
  return cache;
}

// A policy that cannot be read lets nothing through.
bool is_wanted(const Subscription& subscription, const Message& message) {
  if (subscription.filter_policy.empty()) return true;
  auto scope = notifications::parse_filter_scope(subscription.filter_scope);
  if (!scope) return false;
  auto policy = read_filters().find(subscription.filter_policy, *scope);
  bool body = *scope == notifications::FilterScope::body;
  auto text = body ? notifications::text_for(message, subscription.protocol) : std::string();
  return policy && notifications::wants(*policy, *scope, message, text);
}

OutboxEntry delivery_of(Lake& lake, const Message& message, const Subscription& subscription) {
  OutboxEntry entry;
  entry.id = base::uuid(lake.randomness);
  entry.errand = notifications::Errand::notification;
  entry.due = entry.created = message.published;
  entry.subscription = subscription.arn();
  entry.message = message.id;
  entry.account = subscription.owner;
  entry.by_mail = notifications::is_mail(subscription.protocol);
  entry.bytes = static_cast<int64_t>(notifications::size_of(message));
  return entry;
}

// An account that subscribed to another one's topic and whose endpoints do not take what they get loses it, rather
// than keep the topic's owner from publishing.
class Recipients {
 public:
  explicit Recipients(store::Transaction& tx) : tx_(tx) {}

  base::Result<bool> has_room_for(const Subscription& subscription) {
    if (subscription.owner == subscription.account) return true;
    auto known = backed_up_.find(subscription.owner);
    if (known != backed_up_.end()) return !known->second;
    WEIR_TRY(auto tally, notifications::Tallies(tx_).of_account(subscription.owner));
    backed_up_.emplace(subscription.owner, tally.is_backed_up());
    if (tally.is_backed_up())
      base::log_warn("delivery.given_up", {{"account", subscription.owner}, {"reason", "too much waits for it"}});
    return !tally.is_backed_up();
  }

 private:
  store::Transaction& tx_;
  std::map<std::string, bool> backed_up_;
};

// Messages and whom they go to, all or none: found before the writer, and subscriptions that end meanwhile are passed
// over when it is their turn.
base::Status commit(Call& call, const notifications::TopicName& topic, const std::vector<Message>& messages) {
  std::vector<std::vector<Subscription>> to;
  {
    WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
    for (const auto& message : messages) {
      WEIR_TRY(auto wanting, who_wants(*tx, topic, message));
      to.push_back(std::move(wanting));
    }
  }
  return store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    // The publisher waits until some of what waits for the topic's account has left.
    WEIR_CHECK_OK(notifications::Tallies(tx).check_backlog(topic.account));
    for (size_t i = 0; i < messages.size(); ++i) WEIR_CHECK_OK(enqueue_message(call.lake(), tx, messages[i], to[i]));
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

base::Result<std::vector<Subscription>> who_wants(store::Transaction& tx, const notifications::TopicName& topic,
                                                  const Message& message) {
  WEIR_TRY(auto all, notifications::SubscriptionRecords(tx).all(topic));
  std::erase_if(all, [&](const auto& subscription) {
    return subscription.state != SubscriptionState::confirmed || !is_wanted(subscription, message);
  });
  return all;
}

base::Status enqueue_message(Lake& lake, store::Transaction& tx, const Message& message,
                             const std::vector<Subscription>& to) {
  Recipients recipients(tx);
  std::vector<OutboxEntry> entries;
  for (const auto& subscription : to) {
    WEIR_TRY(bool room, recipients.has_room_for(subscription));
    if (room) entries.push_back(delivery_of(lake, message, subscription));
  }
  if (entries.empty()) return {};
  WEIR_CHECK_OK(Outbox(tx).keep(message));
  return Outbox(tx).add(entries);
}

base::Result<std::string> publish(Call& call, const std::string& topic_arn, const Publication& publication,
                                  policy::Context extra) {
  WEIR_TRY(auto found, authorize_topic(call, "sns:Publish", topic_arn, std::move(extra)));
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
  WEIR_CHECK_OK(commit(call, found.topic.id(), accepted));
  return out;
}

}  // namespace weir::app
