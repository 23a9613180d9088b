#include <algorithm>

#include "app/events/event_targets.h"
#include "services/events/rule_operations.h"

namespace weir::services::event_bridge {
namespace {

constexpr std::string_view kOffered[] = {
    "Id", "Arn", "RoleArn", "Input", "InputPath", "InputTransformer", "HttpParameters", "RetryPolicy"};

base::Result<events::Target> from_wire(const w::Target& in) {
  auto json = json_from(in);
  for (const auto& [name, value] : *json.as_object())
    if (std::ranges::find(kOffered, name) == std::end(kOffered)) return not_offered(name);
  events::Target target;
  WEIR_CHECK_OK(base::from_json(json, target));
  return target;
}

}  // namespace

base::Result<w::PutTargetsResponse> put_targets(app::Call& call, const w::PutTargetsRequest& in) {
  std::vector<events::Target> targets;
  for (const auto& item : in.Targets) {
    WEIR_TRY(auto target, from_wire(item));
    targets.push_back(std::move(target));
  }
  WEIR_CHECK_OK(app::put_targets(call, in.EventBusName, *in.Rule, targets));
  w::PutTargetsResponse out;
  out.FailedEntryCount = 0;
  out.FailedEntries.give();
  return out;
}

base::Result<w::ListTargetsByRuleResponse> list_targets(app::Call& call, const w::ListTargetsByRuleRequest& in) {
  WEIR_TRY(auto targets, app::list_targets(call, in.EventBusName, *in.Rule));
  w::ListTargetsByRuleResponse out;
  out.Targets.give();
  for (const auto& target : targets) out.Targets.push_back(shape_from<w::Target>(base::to_json(target)));
  return out;
}

base::Result<w::RemoveTargetsResponse> remove_targets(app::Call& call, const w::RemoveTargetsRequest& in) {
  WEIR_TRY(auto unknown, app::remove_targets(call, in.EventBusName, *in.Rule, in.Ids.items()));
  w::RemoveTargetsResponse out;
  out.FailedEntries.give();
  for (const auto& id : unknown) {
    w::RemoveTargetsResultEntry entry;
    entry.TargetId = id;
    entry.ErrorCode = "ResourceNotFoundException";
    entry.ErrorMessage = "Rule " + *in.Rule + " does not have target with Id " + id;
    out.FailedEntries.push_back(std::move(entry));
  }
  out.FailedEntryCount = static_cast<int32_t>(unknown.size());
  return out;
}

}  // namespace weir::services::event_bridge
