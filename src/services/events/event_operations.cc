#include "app/events/put_events.h"
#include "services/events/rule_operations.h"

namespace weir::services::event_bridge {
namespace {

app::PutEntry from_wire(const w::PutEventsRequestEntry& in) {
  return {in.Source, in.DetailType, in.Detail, in.EventBusName, in.Resources.items(), in.Time};
}

w::PutEventsResultEntry to_wire(const app::PutEntryResult& result) {
  w::PutEventsResultEntry out;
  if (!result.event_id.empty()) out.EventId = result.event_id;
  if (!result.code.empty()) out.ErrorCode = result.code;
  if (!result.message.empty()) out.ErrorMessage = result.message;
  return out;
}

}  // namespace

base::Result<w::PutEventsResponse> put_events(app::Call& call, const w::PutEventsRequest& in) {
  if (in.EndpointId) return not_offered("EndpointId");
  std::vector<app::PutEntry> entries;
  for (const auto& entry : in.Entries) entries.push_back(from_wire(entry));
  WEIR_TRY(auto results, app::put_events(call, entries));
  w::PutEventsResponse out;
  out.Entries.give();
  int32_t failed = 0;
  for (const auto& result : results) {
    failed += result.event_id.empty() ? 1 : 0;
    out.Entries.push_back(to_wire(result));
  }
  out.FailedEntryCount = failed;
  return out;
}

base::Result<w::TestEventPatternResponse> test_event_pattern(app::Call& call, const w::TestEventPatternRequest& in) {
  w::TestEventPatternResponse out;
  WEIR_TRY(out.Result, app::test_event_pattern(call, *in.EventPattern, *in.Event));
  return out;
}

}  // namespace weir::services::event_bridge
