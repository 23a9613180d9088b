// What a rule's target can be, by its ARN.
//
// Threads: pure functions.
#pragma once
#include <string_view>

#include "base/result.h"

namespace weir::app {

enum class TargetKind { api_destination, topic, state_machine };
// Kind::unsupported about "parameter" for what events do not go to here.
base::Result<TargetKind> target_kind(std::string_view arn);
// Topics let the service in by their own policy; the others are called as a role.
bool needs_role(TargetKind kind);

inline constexpr std::string_view kEventsService = "events.amazonaws.com";

}  // namespace weir::app
