#include "app/notifications/channel_deliveries.h"

#include "app/events/event_routing.h"
#include "app/notifications/channels.h"
#include "app/notifications/outgoing_mail.h"
#include "base/text.h"
#include "events/keys.h"
#include "events/records.h"
#include "events/retry_policy.h"
#include "notifications/webhook_signature.h"
#include "store/record_access.h"

namespace weir::app {

using events::Channel;
using events::ChannelKind;
using notifications::OutboxEntry;
using notifications::WebhookPost;

namespace {

constexpr std::string_view kUserAgent = "Weir";

base::Result<std::optional<Channel>> channel_of(const Lake& lake, const OutboxEntry& entry) {
  auto parts = base::split_n(entry.subscription, '/', 3);
  if (parts.size() != 3) return base::internal("no address of a channel: " + entry.subscription);
  WEIR_TRY(auto tx, lake.store.begin(store::Mode::read));
  return store::load<Channel>(*tx, events::keys::channel(parts[1], parts[2]));
}

std::string body_of(ChannelKind kind, const ChannelMessage& message, const events::Posting& posting) {
  switch (kind) {
    case ChannelKind::slack: return events::slack_body(message);
    case ChannelKind::teams: return events::teams_body(message);
    case ChannelKind::signed_webhook: return events::cloud_event_body(message, posting);
    case ChannelKind::ticket: return events::ticket_body(message, posting);
  }
  return {};
}

base::Result<WebhookPost> post_of(const Lake& lake, const Channel& channel, const OutboxEntry& entry,
                                  const ChannelMessage& message) {
  WEIR_TRY(auto url, open_channel_url(lake, channel));
  WebhookPost post;
  post.url = url.reveal();
  post.secure_only = true;
  bool cloud_event = channel.kind == ChannelKind::signed_webhook;
  post.headers = {{"Content-Type", cloud_event ? "application/cloudevents+json" : "application/json"},
                  {"User-Agent", std::string(kUserAgent)},
                  {"Idempotency-Key", entry.id}};
  post.body = body_of(channel.kind, message, {entry.id, channel.account, entry.created});
  if (channel.sealed_secret.empty()) return post;
  WEIR_TRY(auto secret, open_channel_secret(lake, channel));
  notifications::sign_webhook(post, secret, lake.clock.now());
  return post;
}

events::Event ticket_event(Lake& lake, const Channel& channel, const events::KeptTicket& ticket) {
  events::Event event;
  event.id = base::uuid(lake.randomness);
  event.account = channel.account;
  event.region = lake.region;
  event.source = std::string(events::kOwnSource);
  event.detail_type = "ticket.created";
  event.detail = base::to_json(ticket);
  event.time = ticket.created;
  return event;
}

base::Status keep_ticket(Lake& lake, store::Transaction& tx, const Channel& channel, const OutboxEntry& entry,
                         const events::KeptTicket& ticket) {
  auto key = events::keys::ticket(channel.account, ticket.subject, entry.id);
  WEIR_CHECK_OK(store::save(tx, key, ticket));
  return post_event(lake, tx, ticket_event(lake, channel, ticket));
}

}  // namespace

base::Result<DeliveryAttempt> attempt_channel(Lake& lake, notifications::WebhookSender& webhooks,
                                              const OutboxEntry& entry) {
  WEIR_TRY(auto channel, channel_of(lake, entry));
  if (!channel) return DeliveryAttempt{};
  WEIR_TRY(auto text, open_entry(lake, entry));
  WEIR_TRY(auto message, base::decode_record<ChannelMessage>(text));
  WEIR_TRY(auto post, post_of(lake, *channel, entry, message));
  auto answer = webhooks.post(post);
  auto now = lake.clock.now();
  DeliveryAttempt attempt{outcome_of(answer), events::RetryPolicy{}.next(entry.attempts + 1, entry.created, now)};
  bool made = channel->kind == ChannelKind::ticket && attempt.outcome.how == DeliveryOutcome::How::delivered;
  if (!made) return attempt;
  auto [id, url] = events::read_ticket(answer->body);
  events::KeptTicket ticket{channel->name, message.detail.text("subject"), id, url, now};
  attempt.then = [&lake, channel = *channel, entry, ticket](store::Transaction& tx) {
    return keep_ticket(lake, tx, channel, entry, ticket);
  };
  return attempt;
}

}  // namespace weir::app
