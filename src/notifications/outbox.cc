#include "notifications/outbox.h"

#include <array>
#include <map>

#include "notifications/keys.h"
#include "notifications/tally.h"
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

constexpr size_t kPage = 8;  // a little more than are under way of a queue

std::string key_of(const OutboxEntry& entry) { return keys::outbox(queue_of(entry), entry.due, entry.id); }

Carrier carrier_of(const OutboxEntry& entry) {
  switch (entry.errand) {
    case Errand::notification:
    case Errand::confirmation:
    case Errand::farewell: return entry.by_mail ? Carrier::mail : Carrier::endpoint;
    case Errand::mail: return Carrier::mail;
    case Errand::channel:
    case Errand::event: return Carrier::endpoint;
    case Errand::forgetting:
    case Errand::trail: return Carrier::server;
  }
  return Carrier::server;
}

bool is_counted(const OutboxEntry& entry) { return carrier_of(entry) != Carrier::server; }

Tally share_of(const OutboxEntry& entry) {
  return {.waiting = 1, .waiting_bytes = entry.bytes + static_cast<int64_t>(entry.sealed.size())};
}

store::Range until(const OutboxQueue& queue, base::Instant now) {
  return {keys::outbox(queue), keys::due_before(queue, now)};
}

}  // namespace

base::Json to_json(const Errand& errand) { return to_string(errand); }

base::Status from_json(const base::Json& json, Errand& errand) {
  auto* text = json.as_string();
  for (auto candidate : kErrands)
    if (text && *text == to_string(candidate)) return errand = candidate, base::Status();
  return base::internal("record: an errand was expected");
}

OutboxQueue queue_of(const OutboxEntry& entry) {
  auto carrier = carrier_of(entry);
  return {entry.account, carrier, carrier == Carrier::endpoint ? entry.subscription : std::string()};
}

base::Status Outbox::keep(const Message& message) {
  return tx_.put(keys::message(message.id), base::encode_record(message));
}

base::Result<std::optional<Message>> Outbox::find_message(std::string_view id) {
  return store::load<Message>(tx_, keys::message(id));
}

base::Status Outbox::add(std::span<const OutboxEntry> entries) {
  std::map<std::string, Tally> more;
  for (const auto& entry : entries) {
    if (!entry.message.empty()) WEIR_CHECK_OK(tx_.put(keys::waiting(entry.message, entry.id), ""));
    WEIR_CHECK_OK(tx_.put(key_of(entry), base::encode_record(entry)));
    if (!is_counted(entry)) continue;
    auto share = share_of(entry);
    more[entry.account].waiting += share.waiting;
    more[entry.account].waiting_bytes += share.waiting_bytes;
  }
  for (const auto& [account, tally] : more) WEIR_CHECK_OK(Tallies(tx_).count_account(account, tally));
  return {};
}

base::Result<bool> Outbox::holds(const OutboxEntry& entry) {
  WEIR_TRY(auto text, tx_.get(key_of(entry)));
  return text.has_value();
}

base::Status Outbox::done(const OutboxEntry& entry) {
  WEIR_TRY(bool there, holds(entry));
  if (!there) return {};
  WEIR_CHECK_OK(tx_.erase(key_of(entry)));
  auto share = share_of(entry);
  if (is_counted(entry))
    WEIR_CHECK_OK(
        Tallies(tx_).count_account(entry.account, {.waiting = -share.waiting, .waiting_bytes = -share.waiting_bytes}));
  if (entry.message.empty()) return {};
  WEIR_CHECK_OK(tx_.erase(keys::waiting(entry.message, entry.id)));
  WEIR_TRY(auto others, tx_.scan(store::prefix_range(keys::waiting(entry.message)), 1));
  return others.empty() ? tx_.erase(keys::message(entry.message)) : base::Status();
}

base::Status Outbox::postpone(const OutboxEntry& entry, base::Instant due) {
  auto later = entry;
  ++later.attempts;
  return move(entry, std::move(later), due);
}

base::Status Outbox::rest(const OutboxEntry& entry, base::Instant due) { return move(entry, entry, due); }

base::Status Outbox::move(const OutboxEntry& entry, OutboxEntry later, base::Instant due) {
  WEIR_TRY(bool there, holds(entry));
  if (!there) return {};
  WEIR_CHECK_OK(tx_.erase(key_of(entry)));
  later.due = due;
  return tx_.put(key_of(later), base::encode_record(later));
}

base::Result<std::vector<OutboxQueue>> Outbox::queues() {
  std::vector<OutboxQueue> out;
  for (auto range = store::prefix_range(keys::outbox());;) {
    WEIR_TRY(auto first, tx_.scan(range, 1));
    if (first.empty()) return out;
    auto place = parse_outbox_key(first.front().key);
    range.first = place ? store::prefix_range(keys::outbox(place->queue)).last : first.front().key + '\0';
    if (place) out.push_back(std::move(place->queue));
  }
}

base::Result<std::optional<OutboxEntry>> Outbox::first_due(const OutboxQueue& queue, base::Instant now,
                                                           const std::set<std::string>& besides) {
  for (auto range = until(queue, now);;) {
    WEIR_TRY(auto entries, tx_.scan(range, kPage));
    for (const auto& entry : entries) {
      auto read = base::decode_record<OutboxEntry>(entry.value);
      if (read && !besides.contains(read->id)) return std::optional(std::move(*read));
    }
    if (entries.size() < kPage) return std::optional<OutboxEntry>();
    range.first = entries.back().key + '\0';
  }
}

base::Result<std::optional<base::Instant>> Outbox::next_after(const OutboxQueue& queue, base::Instant now) {
  auto range = store::prefix_range(keys::outbox(queue));
  range.first = keys::due_before(queue, now);
  WEIR_TRY(auto next, tx_.scan(range, 1));
  auto place = next.empty() ? std::nullopt : parse_outbox_key(next.front().key);
  return place ? std::optional(place->due) : std::optional<base::Instant>();
}

}  // namespace weir::notifications
