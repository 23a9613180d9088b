#include "app/notifications/subscription_changes.h"

#include "app/notifications/outgoing_mail.h"
#include "app/notifications/topic_access.h"
#include "base/hash.h"
#include "base/text.h"

namespace weir::app {

using notifications::Errand;
using notifications::Outbox;
using notifications::OutboxEntry;
using notifications::Subscription;
using notifications::SubscriptionRecords;
using notifications::SubscriptionState;

namespace {

constexpr size_t kTokenBytes = 32;

OutboxEntry entry_for(Lake& lake, Errand errand, const Subscription& subscription, base::Instant due) {
  OutboxEntry entry;
  entry.id = base::uuid(lake.randomness);
  entry.errand = errand;
  entry.created = lake.clock.now();
  entry.due = due;
  entry.subscription = subscription.arn();
  entry.account = subscription.owner;
  entry.by_mail = notifications::is_mail(subscription.protocol);
  return entry;
}

// A new token for the subscription, the errand that carries it, and the one that cleans up when it was not used.
base::Status send_token(Lake& lake, store::Transaction& tx, Subscription& subscription, Errand errand) {
  auto now = lake.clock.now();
  auto token = base::hex(lake.randomness.bytes(kTokenBytes));
  subscription.token_hash = token_hash(token);
  subscription.token_expires = now + kTokenKept;
  auto entry = entry_for(lake, errand, subscription, now);
  entry.sealed = seal_entry(lake, entry.id, token);
  WEIR_CHECK_OK(Outbox(tx).add(entry));
  return Outbox(tx).add(entry_for(lake, Errand::forgetting, subscription, subscription.token_expires));
}

base::Status count_deleted(store::Transaction& tx, const Subscription& subscription) {
  notifications::TopicRecords records(tx);
  WEIR_TRY(auto topic, records.find(subscription.topic_name()));
  if (!topic) return {};
  ++topic->subscriptions_deleted;
  return records.put(*topic);
}

}  // namespace

bool is_token(std::string_view token) {
  return token.size() == 2 * kTokenBytes && token.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

std::string token_hash(std::string_view token) { return base::sha256_hex(token); }

base::Status ask_to_confirm(Lake& lake, store::Transaction& tx, Subscription subscription, const Subscription* before) {
  SubscriptionRecords records(tx);
  if (before && before->id != subscription.id) WEIR_CHECK_OK(records.erase(*before));
  WEIR_CHECK_OK(send_token(lake, tx, subscription, Errand::confirmation));
  return records.put(subscription, before && before->id == subscription.id ? before : nullptr);
}

base::Status confirm(store::Transaction& tx, const Subscription& subscription, bool authenticate_on_unsubscribe) {
  auto confirmed = subscription;
  confirmed.state = SubscriptionState::confirmed;
  confirmed.authenticate_on_unsubscribe |= authenticate_on_unsubscribe;
  confirmed.confirmed_by_caller |= authenticate_on_unsubscribe;
  return SubscriptionRecords(tx).put(confirmed, &subscription);
}

base::Status end_subscription(Lake& lake, store::Transaction& tx, const Subscription& subscription, bool farewell) {
  WEIR_CHECK_OK(count_deleted(tx, subscription));
  SubscriptionRecords records(tx);
  if (!farewell || subscription.state != SubscriptionState::confirmed) return records.erase(subscription);
  auto ended = subscription;
  ended.state = SubscriptionState::deleted;
  WEIR_CHECK_OK(send_token(lake, tx, ended, Errand::farewell));
  return records.put(ended, &subscription);
}

}  // namespace weir::app
