#include "app/notifications/announcements.h"

#include "app/events/event_routing.h"
#include "app/notifications/channels.h"

namespace weir::app {
namespace {

// "grant.awaiting_ram" -> "Grant awaiting ram"
std::string words_of(std::string_view name) {
  std::string out(name);
  for (char& c : out)
    if (c == '.' || c == '_') c = ' ';
  if (!out.empty() && out[0] >= 'a' && out[0] <= 'z') out[0] = static_cast<char>(out[0] - 32);
  return out;
}

std::string item_text(const base::Json& item) {
  if (auto* text = item.as_string()) return *text;
  auto database = item.text("database"), table = item.text("table");
  if (database.empty()) return item.as_object() || item.as_array() ? std::string() : item.dump();
  return table.empty() ? database : database + "." + table;
}

// What a person reads of a value; nothing of what is nested deeper.
std::string shown(const base::Json& value) {
  auto* items = value.as_array();
  if (!items) return item_text(value);
  std::string out;
  for (const auto& item : *items) {
    auto text = item_text(item);
    if (!text.empty()) out += (out.empty() ? "" : ", ") + text;
  }
  return out;
}

ChannelMessage message_of(const Announcement& announcement) {
  ChannelMessage message{announcement.type, words_of(announcement.type), {}, {}, announcement.detail};
  message.detail.set("subject", announcement.subject);
  message.facts.push_back({"Id", announcement.subject});
  auto* members = announcement.detail.as_object();
  for (const auto& [name, value] : members ? *members : base::Json::Object())
    if (auto text = shown(value); !text.empty()) message.facts.push_back({words_of(name), text});
  return message;
}

events::Event event_of(Lake& lake, const Announcement& announcement) {
  events::Event event;
  event.id = base::uuid(lake.randomness);
  event.account = announcement.account;
  event.region = lake.region;
  event.source = std::string(events::kOwnSource);
  event.detail_type = announcement.type;
  event.resources = {announcement.subject};
  event.detail = announcement.detail;
  event.time = lake.clock.now();
  return event;
}

// "request.submitted" -> "RequestSubmitted", as the trail names its events.
std::string trail_name(std::string_view type) {
  std::string out;
  bool capital = true;
  for (char c : type) {
    bool separates = c == '.' || c == '_';
    if (!separates) out += capital && c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    capital = separates;
  }
  return out;
}

audit::Event trail_event(const notifications::Message& message, const base::Json& envelope) {
  audit::Event event;
  event.event_id = message.id;
  event.time = message.published;
  event.identity.type = "AWSService";
  event.identity.account = envelope.text("account");
  event.source = "weir.amazonaws.com";
  event.name = trail_name(envelope.text("detail-type"));
  event.region = envelope.text("region");
  event.source_ip = event.user_agent = "access.weir";
  event.recipient_account = event.identity.account;
  event.read_only = false;
  const auto* detail = envelope.find("detail");
  const auto* resources = envelope.find("resources");
  event.additional.set("announcement", envelope.text("detail-type"));
  event.additional.set("subject", resources && resources->as_array() && !resources->as_array()->empty()
                                      ? resources->as_array()->front()
                                      : base::Json());
  event.additional.set("detail", detail ? *detail : base::Json());
  return event;
}

}  // namespace

base::Status announce(Lake& lake, store::Transaction& tx, const Announcement& announcement) {
  WEIR_CHECK_OK(post_event(lake, tx, event_of(lake, announcement)));
  return enqueue_to_nearest(lake, tx, announcement.account, message_of(announcement), announcement.told);
}

base::Result<DeliveryAttempt> attempt_trail(Lake& lake, const notifications::OutboxEntry& entry) {
  WEIR_TRY(auto tx, lake.store.begin(store::Mode::read));
  WEIR_TRY(auto message, notifications::Outbox(*tx).find_message(entry.message));
  if (!message) return DeliveryAttempt{};
  WEIR_TRY(auto envelope, base::parse_json(message->text));
  WEIR_CHECK_OK(lake.journal.record(trail_event(*message, envelope)));
  WEIR_CHECK_OK(lake.journal.flush());  // it goes from the outbox when it is on disk
  return DeliveryAttempt{{DeliveryOutcome::How::delivered}};
}

}  // namespace weir::app
