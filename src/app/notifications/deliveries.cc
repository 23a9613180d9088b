#include "app/notifications/deliveries.h"

#include "app/events/event_deliveries.h"
#include "app/notifications/announcements.h"
#include "app/notifications/channel_deliveries.h"
#include "app/notifications/delivery_attempt.h"
#include "app/notifications/notice_texts.h"
#include "app/notifications/outgoing_mail.h"
#include "app/notifications/subscription_changes.h"
#include "base/log.h"
#include "notifications/delivery_policy.h"
#include "notifications/topic_records.h"
#include "notifications/webhook_url.h"

namespace weir::app {

using notifications::Errand;
using notifications::Notice;
using notifications::NoticeType;
using notifications::Outbox;
using notifications::OutboxEntry;
using notifications::Subscription;
using notifications::SubscriptionState;
using notifications::Topic;

namespace {

constexpr std::string_view kUserAgent = "Amazon Simple Notification Service Agent";

// What an entry is about, as it is now.
struct Matter {
  Subscription subscription;
  Topic topic;
  Notice notice;
};

base::Result<std::optional<Matter>> look_up(const Lake& lake, const OutboxEntry& entry) {
  WEIR_TRY(auto name, notifications::parse_subscription_arn(entry.subscription));
  WEIR_TRY(auto tx, lake.store.begin(store::Mode::read));
  WEIR_TRY(auto subscription, notifications::SubscriptionRecords(*tx).find(name));
  WEIR_TRY(auto topic, notifications::TopicRecords(*tx).find(name.topic));
  if (!subscription || !topic) return std::optional<Matter>();
  return std::optional<Matter>(Matter{std::move(*subscription), std::move(*topic), {}});
}

// The notice of an entry; none when what it is about has ended.
base::Result<std::optional<Matter>> matter_of(const Lake& lake, const OutboxEntry& entry) {
  WEIR_TRY(auto matter, look_up(lake, entry));
  if (!matter) return matter;
  const auto& subscription = matter->subscription;
  if (entry.errand == Errand::notification) {
    WEIR_TRY(auto tx, lake.store.begin(store::Mode::read));
    WEIR_TRY(auto message, Outbox(*tx).find_message(entry.message));
    if (!message || subscription.state != SubscriptionState::confirmed) return std::optional<Matter>();
    matter->notice = notification_of(lake, *message, subscription);
    return matter;
  }
  bool farewell = entry.errand == Errand::farewell;
  WEIR_TRY(auto token, open_entry(lake, entry));
  auto wanted = farewell ? SubscriptionState::deleted : SubscriptionState::pending;
  if (subscription.state != wanted || subscription.token_hash != token_hash(token)) return std::optional<Matter>();
  auto type = farewell ? NoticeType::unsubscribe_confirmation : NoticeType::subscription_confirmation;
  matter->notice = question_of(lake, type, subscription, token, entry.id, entry.created);
  return matter;
}

DeliveryOutcome send_mail(const Channels& channels, const OutboxEntry& entry, const notifications::Mail& mail) {
  if (auto checked = notifications::check_mail(mail); !checked.ok()) return outcome_of(checked);
  return outcome_of(channels.mail.send(mail, {entry.id, channels.mail_from, entry.created}));
}

base::Result<notifications::WebhookPost> post_of(const Lake& lake, const Matter& matter,
                                                 const notifications::DeliveryPolicy& policy) {
  const auto& [subscription, topic, notice] = matter;
  bool raw = subscription.raw && notice.type == NoticeType::notification;
  notifications::WebhookPost post;
  post.url = subscription.endpoint;
  post.headers = {{"Content-Type", policy.content_type},
                  {"User-Agent", std::string(kUserAgent)},
                  {"x-amz-sns-message-type", std::string(to_string(notice.type))},
                  {"x-amz-sns-message-id", notice.message_id},
                  {"x-amz-sns-topic-arn", notice.topic_arn}};
  if (notice.type != NoticeType::subscription_confirmation)
    post.headers.emplace_back("x-amz-sns-subscription-arn", subscription.arn());
  if (raw) post.headers.emplace_back("x-amz-sns-rawdelivery", "true");
  if (raw) return post.body = notice.message, post;
  WEIR_TRY(post.body, notice_json(lake, topic, notice));
  return post;
}

base::Result<notifications::DeliveryPolicy> policy_of(const Matter& matter) {
  WEIR_TRY(auto of_topic, notifications::topic_delivery_policy(matter.topic.delivery_policy));
  return notifications::subscription_delivery_policy(matter.subscription.delivery_policy, of_topic);
}

// What failed is tried again as its policy says.
DeliveryAttempt attempt_of(const Lake& lake, const OutboxEntry& entry, DeliveryOutcome outcome,
                           const notifications::RetryPolicy& retry) {
  auto delay = retry.delay_before(entry.attempts + 1);
  return {std::move(outcome), delay ? std::optional(lake.clock.now() + *delay) : std::nullopt};
}

base::Result<DeliveryAttempt> attempt_notice(Lake& lake, const Channels& channels, const OutboxEntry& entry) {
  WEIR_TRY(auto matter, matter_of(lake, entry));
  if (!matter) return DeliveryAttempt{};
  if (notifications::is_mail(matter->subscription.protocol)) {
    WEIR_TRY(auto mail, notice_mail(lake, matter->topic, matter->subscription, matter->notice));
    return attempt_of(lake, entry, send_mail(channels, entry, mail), notifications::mail_retry_policy());
  }
  WEIR_TRY(auto policy, policy_of(*matter));
  WEIR_TRY(auto post, post_of(lake, *matter, policy));
  return attempt_of(lake, entry, outcome_of(channels.webhooks.post(post)), policy.retry);
}

base::Result<DeliveryAttempt> attempt_mail(Lake& lake, const Channels& channels, const OutboxEntry& entry) {
  WEIR_TRY(auto text, open_entry(lake, entry));
  WEIR_TRY(auto mail, base::decode_record<notifications::Mail>(text));
  return attempt_of(lake, entry, send_mail(channels, entry, mail), notifications::mail_retry_policy());
}

// What was not confirmed in time was not wanted; what ended and was not restored is forgotten.
base::Status forget(store::Transaction& tx, const OutboxEntry& entry, base::Instant now) {
  notifications::SubscriptionRecords records(tx);
  WEIR_TRY(auto name, notifications::parse_subscription_arn(entry.subscription));
  WEIR_TRY(auto found, records.find(name));
  if (!found || found->state == SubscriptionState::confirmed || found->token_expires > now) return {};
  return records.erase(*found);
}

base::Result<DeliveryAttempt> attempt_forgetting(Lake& lake, const OutboxEntry& entry) {
  auto now = lake.clock.now();
  return DeliveryAttempt{
      {DeliveryOutcome::How::delivered}, {}, [entry, now](store::Transaction& tx) { return forget(tx, entry, now); }};
}

base::Result<DeliveryAttempt> attempt_errand(Lake& lake, const Channels& channels, const OutboxEntry& entry) {
  switch (entry.errand) {
    case Errand::notification:
    case Errand::confirmation:
    case Errand::farewell: return attempt_notice(lake, channels, entry);
    case Errand::forgetting: return attempt_forgetting(lake, entry);
    case Errand::mail: return attempt_mail(lake, channels, entry);
    case Errand::channel: return attempt_channel(lake, channels.webhooks, entry);
    case Errand::event: return attempt_event(lake, channels.webhooks, entry);
    case Errand::trail: return attempt_trail(lake, entry);
  }
  return base::internal("an errand that nobody runs");
}

void log_attempt(const OutboxEntry& entry, const DeliveryOutcome& outcome, bool again) {
  if (outcome.how == DeliveryOutcome::How::delivered || outcome.how == DeliveryOutcome::How::obsolete) return;
  base::log_warn(again ? "delivery.failed" : "delivery.given_up", {{"entry", entry.id},
                                                                   {"subscription", entry.subscription},
                                                                   {"attempt", entry.attempts + 1},
                                                                   {"reason", outcome.why}});
}

base::Status settle(Lake& lake, const OutboxEntry& entry, const DeliveryAttempt& attempt) {
  bool again = attempt.outcome.how == DeliveryOutcome::How::later && attempt.again;
  log_attempt(entry, attempt.outcome, again);
  return store::write(lake.store, [&](store::Transaction& tx) -> base::Status {
    Outbox outbox(tx);
    if (again) return outbox.postpone(entry, *attempt.again);
    if (attempt.then) WEIR_CHECK_OK(attempt.then(tx));
    return outbox.done(entry);
  });
}

base::Result<bool> is_still_there(const Lake& lake, const OutboxEntry& entry) {
  WEIR_TRY(auto tx, lake.store.begin(store::Mode::read));
  return Outbox(*tx).holds(entry);
}

}  // namespace

base::Status attempt_delivery(Lake& lake, const Channels& channels, const OutboxEntry& entry) {
  // Read a moment ago, and perhaps done by now.
  WEIR_TRY(bool there, is_still_there(lake, entry));
  if (!there) return {};
  WEIR_TRY(auto attempt, attempt_errand(lake, channels, entry));
  return settle(lake, entry, attempt);
}

}  // namespace weir::app
