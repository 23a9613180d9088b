#include "services/cloudtrail/cloudtrail_service.h"

#include "app/trail/trail.h"
#include "services/shared_errors.h"
#include "wire/cloudtrail_operations.h"

namespace weir::services {
namespace {

using namespace wire::cloudtrail;

base::Status narrow(audit::Lookup& lookup, const LookupAttribute& attribute) {
  auto key = attribute.AttributeKey.value_or("");
  auto value = attribute.AttributeValue.value_or("");
  if (key == "EventId") return lookup.event_id = value, base::Status();
  if (key == "EventName") return lookup.event_name = value, base::Status();
  if (key == "EventSource") return lookup.event_source = value, base::Status();
  if (key == "Username") return lookup.user_name = value, base::Status();
  if (key == "AccessKeyId") return lookup.access_key_id = value, base::Status();
  if (key == "ResourceName") return lookup.resource_name = value, base::Status();
  if (key == "ResourceType") return lookup.resource_type = value, base::Status();
  if (key == "ReadOnly") return lookup.read_only = value == "true", base::Status();
  return base::invalid("unknown lookup attribute", "lookup");
}

Event to_wire(const base::Json& record) {
  Event event;
  event.EventId = record.text("eventID");
  event.EventName = record.text("eventName");
  event.EventSource = record.text("eventSource");
  event.ReadOnly = record.flag("readOnly") ? "true" : "false";
  if (auto time = base::parse_iso8601(record.text("eventTime"))) event.EventTime = *time;
  if (auto* who = record.find("userIdentity")) {
    auto name = who->text("userName");
    event.Username = name.empty() ? who->text("arn") : name;
    event.AccessKeyId = who->text("accessKeyId");
  }
  if (auto* resources = record.find("resources"); resources && resources->as_array()) {
    for (const auto& resource : *resources->as_array())
      event.Resources.push_back({.ResourceType = resource.text("type"), .ResourceName = resource.text("ARN")});
  }
  event.Resources.give();
  event.CloudTrailEvent = record.dump();
  return event;
}

base::Result<LookupEventsResponse> lookup_events(app::Call& call, const LookupEventsRequest& in) {
  audit::Lookup lookup;
  for (const auto& attribute : in.LookupAttributes) WEIR_CHECK_OK(narrow(lookup, attribute));
  lookup.from = in.StartTime;
  lookup.until = in.EndTime;
  if (in.StartTime && in.EndTime && *in.StartTime > *in.EndTime)
    return base::invalid("The start time is later than the end time.", "time range");
  if (in.MaxResults) lookup.limit = static_cast<size_t>(*in.MaxResults);
  lookup.next_token = in.NextToken.value_or("");
  WEIR_TRY(auto found, app::lookup_events(call, std::move(lookup)));
  LookupEventsResponse out;
  out.Events.give();
  for (const auto& record : found.events) out.Events.push_back(to_wire(record));
  if (!found.next_token.empty()) out.NextToken = found.next_token;
  return out;
}

WireError cloudtrail_error(const base::Error& error) {
  using base::Kind;
  if (error.kind == Kind::unsupported) return {"UnsupportedOperationException", 400};
  if (error.kind == Kind::invalid) {
    if (error.about == "lookup") return {"InvalidLookupAttributesException", 400};
    if (error.about == "time range") return {"InvalidTimeRangeException", 400};
    if (error.about == "token") return {"InvalidNextTokenException", 400};
  }
  return json_error(error.kind, {"ValidationException", 400});
}

}  // namespace

const Service& cloudtrail_service() {
  static const Route routes[] = {write<op::LookupEvents, lookup_events>()};
  static const Service service{&model(), routes, &cloudtrail_error};
  return service;
}

}  // namespace weir::services
