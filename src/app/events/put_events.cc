#include "app/events/put_events.h"

#include <set>

#include "app/events/event_buses.h"
#include "app/events/event_routing.h"
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

// One question for each thing that a policy may tell apart.
base::Status authorize_entries(Call& call, const std::vector<PutEntry>& entries) {
  std::set<std::vector<std::string>> asked;
  for (const auto& entry : entries) {
    WEIR_TRY(auto bus, bus_of(call, entry.bus));
    auto source = entry.source.value_or(""), type = entry.detail_type.value_or("");
    if (!asked.insert({bus.account, bus.name, source, type}).second) continue;
    Ask ask{"events:PutEvents", events::bus_arn(call.lake().region, bus.account, bus.name), bus.account};
    ask.extra.set("events:source", source);
    ask.extra.set("events:detail-type", type);
    WEIR_CHECK_OK(call.authorize(ask));
  }
  return {};
}

PutEntryResult missing(std::string_view name) {
  auto text = std::string(name);
  return {{}, "InvalidArgument", "Parameter " + text + " is not valid. Reason: " + text + " is a required argument."};
}

std::optional<PutEntryResult> fault_of(const PutEntry& entry) {
  if (entry.source.value_or("").empty()) return missing("Source");
  if (entry.detail_type.value_or("").empty()) return missing("DetailType");
  if (entry.detail.value_or("").empty()) return missing("Detail");
  if (entry.bus && *entry.bus != events::kDefaultBus && !entry.bus->ends_with(":event-bus/default"))
    return PutEntryResult{{}, "ResourceNotFoundException", "Event bus " + *entry.bus + " does not exist."};
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

}  // namespace

base::Result<std::vector<PutEntryResult>> put_events(Call& call, const std::vector<PutEntry>& entries) {
  WEIR_CHECK_OK(check_size(entries));
  WEIR_CHECK_OK(authorize_entries(call, entries));
  std::vector<PutEntryResult> results;
  std::vector<Event> accepted;
  for (const auto& entry : entries) {
    if (auto fault = fault_of(entry)) {
      results.push_back(std::move(*fault));
      continue;
    }
    auto event = event_of(call, entry);
    results.push_back(event ? PutEntryResult{event->id, {}, {}}
                            : PutEntryResult{{}, "MalformedDetail", "Detail is malformed."});
    if (event) accepted.push_back(std::move(*event));
  }
  WEIR_CHECK_OK(store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    for (const auto& event : accepted) {
      WEIR_CHECK_OK(notifications::Tallies(tx).check_backlog(event.account));
      WEIR_CHECK_OK(post_event(call.lake(), tx, event));
    }
    return {};
  }));
  return results;
}

}  // namespace weir::app
