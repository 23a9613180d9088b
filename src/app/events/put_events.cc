#include "app/events/put_events.h"

#include <algorithm>
#include <set>

#include "app/events/event_buses.h"
#include "app/events/event_routing.h"
#include "events/rule.h"
#include "notifications/tally.h"

namespace weir::app {

using events::Event;

namespace {

constexpr size_t kTimeBytes = 14;  // what AWS counts for a time

size_t size_of(const PutEntry& entry) {
  size_t size = entry.time ? kTimeBytes : 0;
  for (const auto* text : {&entry.source, &entry.detail_type, &entry.detail}) size += text->value_or("").size();
  for (const auto& resource : entry.resources) size += resource.size();
  return size;
}

base::Status check_size(const std::vector<PutEntry>& entries) {
  if (entries.empty() || entries.size() > events::kEntriesMax)
    return events::invalid_parameter("Entries", "there must be 1 to 10.");
  size_t size = 0;
  for (const auto& entry : entries) size += size_of(entry);
  if (size <= events::kPutBytesMax) return {};
  return base::invalid("Total size of the entries in the request is over the limit.", "parameter");
}

// The bus of each entry. One question for each thing that a policy may tell apart.
base::Result<std::vector<events::BusName>> authorize_buses(Call& call, const std::vector<PutEntry>& entries) {
  std::set<std::vector<std::string>> asked;
  std::vector<events::BusName> buses;
  for (const auto& entry : entries) {
    WEIR_TRY(auto bus, bus_of(call, entry.bus));
    buses.push_back(bus);
    auto source = entry.source.value_or(""), type = entry.detail_type.value_or("");
    if (!asked.insert({bus.region, bus.account, bus.name, source, type}).second) continue;
    Ask ask{"events:PutEvents", events::bus_arn(bus.region, bus.account, bus.name), bus.account};
    ask.extra.set("events:source", source);
    ask.extra.set("events:detail-type", type);
    WEIR_CHECK_OK(call.authorize(ask));
  }
  return buses;
}

PutEntryResult missing(std::string_view name) {
  auto text = std::string(name);
  return {{}, "InvalidArgument", "Parameter " + text + " is not valid. Reason: " + text + " is a required argument."};
}

// A bus here has no policy that would let another account in, whatever IAM says of it.
std::optional<PutEntryResult> fault_of(const Call& call, const events::BusName& bus) {
  if (bus.account != call.caller().account())
    return PutEntryResult{{}, "AccessDeniedException", "The event bus is another account's."};
  if (auto there = check_default_bus(call, bus); !there.ok())
    return PutEntryResult{{}, "ResourceNotFoundException", there.error().says};
  return std::nullopt;
}

std::optional<PutEntryResult> fault_of(const PutEntry& entry) {
  if (entry.source.value_or("").empty()) return missing("Source");
  if (entry.detail_type.value_or("").empty()) return missing("DetailType");
  if (entry.detail.value_or("").empty()) return missing("Detail");
  if (events::is_reserved_source(*entry.source))
    return PutEntryResult{{}, "NotAuthorizedForSourceException", "Not authorized for the source."};
  return std::nullopt;
}

base::Result<Event> event_of(Call& call, const PutEntry& entry) {
  WEIR_TRY(auto detail, base::parse_json(*entry.detail));
  if (!detail.as_object()) return base::invalid("no object", "detail");
  Event event;
  event.id = base::uuid(call.lake().randomness);
  event.account = call.caller().account();
  event.region = call.lake().region;
  event.source = *entry.source;
  event.detail_type = *entry.detail_type;
  event.resources = entry.resources;
  event.detail = std::move(detail);
  event.time = entry.time.value_or(call.now());
  return event;
}

// What becomes of the entries of one call, each of which fails or is put by itself.
class Put {
 public:
  explicit Put(Call& call) : call_(call) {}

  void take(const PutEntry& entry, const events::BusName& bus) {
    auto fault = fault_of(entry);
    if (!fault) fault = fault_of(call_, bus);
    if (fault) return results_.push_back(std::move(*fault));
    auto event = event_of(call_, entry);
    if (!event) return results_.push_back({{}, "MalformedDetail", "Detail is malformed."});
    results_.push_back({event->id, {}, {}});
    accepted_.push_back(std::move(*event));
  }

  // Who wants the events is found before the writer.
  base::Status commit() {
    WEIR_TRY(auto routed, route());
    refuse_beyond_room(routed);
    return store::write(call_.lake().store, [&](store::Transaction& tx) -> base::Status {
      WEIR_CHECK_OK(notifications::Tallies(tx).check_backlog(account()));
      for (const auto& event : routed) WEIR_CHECK_OK(enqueue_event(tx, event));
      return {};
    });
  }

  std::vector<PutEntryResult> results() && { return std::move(results_); }

 private:
  const std::string& account() const { return call_.caller().account(); }

  base::Result<std::vector<RoutedEvent>> route() {
    WEIR_TRY(auto tx, call_.lake().store.begin(store::Mode::read));
    return route_events(call_.lake(), *tx, account(), accepted_);
  }

  // A call writes no more than one event may need; what finds no room is put again by its sender.
  void refuse_beyond_room(std::vector<RoutedEvent>& routed) {
    size_t room = events::kDeliveriesMax;
    std::erase_if(routed, [&](const RoutedEvent& event) {
      if (event.entries.size() <= room) return room -= event.entries.size(), false;
      auto refused = std::ranges::find(results_, event.message.id, &PutEntryResult::event_id);
      *refused = {{}, "ThrottlingException", "Too many targets want the events of this request: put this one again."};
      return true;
    });
  }

  Call& call_;
  std::vector<PutEntryResult> results_;
  std::vector<Event> accepted_;
};

}  // namespace

base::Result<std::vector<PutEntryResult>> put_events(Call& call, const std::vector<PutEntry>& entries) {
  WEIR_CHECK_OK(check_size(entries));
  WEIR_TRY(auto buses, authorize_buses(call, entries));
  Put put(call);
  for (size_t i = 0; i < entries.size(); ++i) put.take(entries[i], buses[i]);
  WEIR_CHECK_OK(put.commit());
  return std::move(put).results();
}

}  // namespace weir::app
