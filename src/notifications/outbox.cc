#include "notifications/outbox.h"

#include <array>

#include "notifications/keys.h"
#include "store/record_access.h"

namespace weir::notifications {
namespace {

constexpr std::array kErrands = {Errand::notification, Errand::confirmation, Errand::farewell, Errand::forgetting,
                                 Errand::mail,         Errand::channel,      Errand::event,    Errand::trail};

std::string_view to_string(Errand errand) {
  switch (errand) {
    case Errand::notification: return "notification";
    case Errand::confirmation: return "confirmation";
    case Errand::farewell: return "farewell";
    case Errand::forgetting: return "forgetting";
    case Errand::mail: return "mail";
    case Errand::channel: return "channel";
    case Errand::event: return "event";
    case Errand::trail: return "trail";
  }
  return "";
}

std::string key_of(const OutboxEntry& entry) { return keys::outbox(entry.due, entry.id); }

}  // namespace

base::Json to_json(const Errand& errand) { return to_string(errand); }

base::Status from_json(const base::Json& json, Errand& errand) {
  auto* text = json.as_string();
  for (auto candidate : kErrands)
    if (text && *text == to_string(candidate)) return errand = candidate, base::Status();
  return base::internal("record: an errand was expected");
}

base::Status Outbox::keep(const Message& message) {
  return tx_.put(keys::message(message.id), base::encode_record(message));
}

base::Result<std::optional<Message>> Outbox::find_message(std::string_view id) {
  return store::load<Message>(tx_, keys::message(id));
}

base::Status Outbox::add(const OutboxEntry& entry) {
  if (!entry.message.empty()) WEIR_CHECK_OK(tx_.put(keys::waiting(entry.message, entry.id), ""));
  return tx_.put(key_of(entry), base::encode_record(entry));
}

base::Result<bool> Outbox::holds(const OutboxEntry& entry) {
  WEIR_TRY(auto text, tx_.get(key_of(entry)));
  return text.has_value();
}

base::Status Outbox::done(const OutboxEntry& entry) {
  WEIR_CHECK_OK(tx_.erase(key_of(entry)));
  if (entry.message.empty()) return {};
  WEIR_CHECK_OK(tx_.erase(keys::waiting(entry.message, entry.id)));
  WEIR_TRY(auto others, tx_.scan(store::prefix_range(keys::waiting(entry.message)), 1));
  return others.empty() ? tx_.erase(keys::message(entry.message)) : base::Status();
}

base::Status Outbox::postpone(const OutboxEntry& entry, base::Instant due) {
  WEIR_CHECK_OK(tx_.erase(key_of(entry)));
  auto later = entry;
  later.due = due;
  ++later.attempts;
  return tx_.put(key_of(later), base::encode_record(later));
}

base::Result<std::vector<OutboxEntry>> Outbox::read(const store::Range& range, size_t limit) {
  WEIR_TRY(auto entries, tx_.scan(range, limit));
  std::vector<OutboxEntry> out;
  for (const auto& entry : entries) {
    auto read = base::decode_record<OutboxEntry>(entry.value);
    if (read) out.push_back(std::move(*read));  // what cannot be read must not keep the others waiting
  }
  return out;
}

base::Result<std::vector<OutboxEntry>> Outbox::due(base::Instant now, size_t limit) {
  auto range = store::prefix_range(keys::outbox());
  range.last = keys::due_before(now);
  return read(range, limit);
}

base::Result<std::optional<base::Instant>> Outbox::next_after(base::Instant now) {
  auto range = store::prefix_range(keys::outbox());
  range.first = keys::due_before(now);
  WEIR_TRY(auto next, read(range, 1));
  return next.empty() ? std::optional<base::Instant>() : next.front().due;
}

}  // namespace weir::notifications
