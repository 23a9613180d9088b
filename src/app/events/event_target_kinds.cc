#include "app/events/event_target_kinds.h"

#include "names/arn.h"

namespace weir::app {

base::Result<TargetKind> target_kind(std::string_view arn) {
  auto parsed = names::Arn::parse(arn);
  if (parsed && parsed->service == "events" && parsed->resource.starts_with("api-destination/"))
    return TargetKind::api_destination;
  if (parsed && parsed->service == "sns") return TargetKind::topic;
  if (parsed && parsed->service == "states" && parsed->resource.starts_with("stateMachine:"))
    return TargetKind::state_machine;
  return base::fail(base::Kind::unsupported,
                    "Parameter Arn is not valid. Reason: Targets are API destinations, SNS topics and state machines.",
                    "parameter");
}

bool needs_role(TargetKind kind) {
  switch (kind) {
    case TargetKind::api_destination:
    case TargetKind::state_machine: return true;
    case TargetKind::topic: return false;
  }
  return true;
}

}  // namespace weir::app
