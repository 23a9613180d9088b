#include "app/deliveries.h"

#include "app/notice_texts.h"
#include "app/outgoing_mail.h"
#include "app/subscription_changes.h"
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

// How an attempt ended.
struct Outcome {
  enum class How { delivered, later, never, obsolete };
  How how = How::obsolete;
  std::string why = {};
};

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

Outcome outcome_of(const base::Status& sent) {
  if (sent.ok()) return {Outcome::How::delivered};
  const auto& error = sent.error();
  bool never = error.kind == base::Kind::invalid;
  return {never ? Outcome::How::never : Outcome::How::later, error.says + error.log};
}

Outcome outcome_of(const base::Result<notifications::WebhookAnswer>& answer) {
  if (!answer) return outcome_of(base::Status(answer.error()));
  int status = answer->status;
  if (status / 100 == 2) return {Outcome::How::delivered};
  // What the endpoint refuses it refuses again; a redirect is not followed.
  bool never = (status / 100 == 4 && status != 429) || status / 100 == 3;
  return {never ? Outcome::How::never : Outcome::How::later, "status " + std::to_string(status)};
}

Outcome send_mail(const Channels& channels, const OutboxEntry& entry, const notifications::Mail& mail) {
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

// An attempt: how it ended, and by which policy it is made again.
struct Attempt {
  Outcome outcome;
  notifications::RetryPolicy retry = notifications::mail_retry_policy();
};

base::Result<Attempt> attempt_notice(const Lake& lake, const Channels& channels, const OutboxEntry& entry) {
  WEIR_TRY(auto matter, matter_of(lake, entry));
  if (!matter) return Attempt{};
  if (notifications::is_mail(matter->subscription.protocol)) {
    WEIR_TRY(auto mail, notice_mail(lake, matter->topic, matter->subscription, matter->notice));
    return Attempt{send_mail(channels, entry, mail)};
  }
  WEIR_TRY(auto policy, policy_of(*matter));
  WEIR_TRY(auto post, post_of(lake, *matter, policy));
  return Attempt{outcome_of(channels.webhooks.post(post)), policy.retry};
}

base::Result<Attempt> attempt_mail(const Lake& lake, const Channels& channels, const OutboxEntry& entry) {
  WEIR_TRY(auto text, open_entry(lake, entry));
  WEIR_TRY(auto mail, base::decode_record<notifications::Mail>(text));
  return Attempt{send_mail(channels, entry, mail)};
}

// What was not confirmed in time was not wanted; what ended and was not restored is forgotten.
base::Status forget(store::Transaction& tx, const OutboxEntry& entry, base::Instant now) {
  notifications::SubscriptionRecords records(tx);
  WEIR_TRY(auto name, notifications::parse_subscription_arn(entry.subscription));
  WEIR_TRY(auto found, records.find(name));
  if (!found || found->state == SubscriptionState::confirmed || found->token_expires > now) return {};
  return records.erase(*found);
}

void log_attempt(const OutboxEntry& entry, const Outcome& outcome, bool again) {
  if (outcome.how == Outcome::How::delivered || outcome.how == Outcome::How::obsolete) return;
  base::log_warn(again ? "delivery.failed" : "delivery.given_up", {{"entry", entry.id},
                                                                   {"subscription", entry.subscription},
                                                                   {"attempt", entry.attempts + 1},
                                                                   {"reason", outcome.why}});
}

base::Status settle(Lake& lake, const OutboxEntry& entry, const Attempt& attempt) {
  bool later = attempt.outcome.how == Outcome::How::later;
  auto delay = later ? attempt.retry.delay_before(entry.attempts + 1) : std::nullopt;
  log_attempt(entry, attempt.outcome, delay.has_value());
  return store::write(lake.store, [&](store::Transaction& tx) {
    Outbox outbox(tx);
    return delay ? outbox.postpone(entry, lake.clock.now() + *delay) : outbox.done(entry);
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
  if (entry.errand == Errand::forgetting)
    return store::write(lake.store, [&](store::Transaction& tx) -> base::Status {
      WEIR_CHECK_OK(forget(tx, entry, lake.clock.now()));
      return Outbox(tx).done(entry);
    });
  bool mail = entry.errand == Errand::mail;
  WEIR_TRY(auto attempt, mail ? attempt_mail(lake, channels, entry) : attempt_notice(lake, channels, entry));
  return settle(lake, entry, attempt);
}

}  // namespace weir::app
