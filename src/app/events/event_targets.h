// The targets of a rule.
//
// INVARIANT: whoever puts a target may give its role to events.amazonaws.com (iam:PassRole), and the role trusts that
// service for this rule. What it may do is asked again whenever an event is delivered.
//
// Threads: as the Call.
#pragma once
#include "app/events/event_rules.h"

namespace weir::app {

// All or none; those of the same id are replaced.
base::Status put_targets(Call& call, const BusText& bus, const std::string& rule,
                         const std::vector<events::Target>& targets);
base::Result<std::vector<events::Target>> list_targets(Call& call, const BusText& bus, const std::string& rule);
// The ids that the rule has no target of.
base::Result<std::vector<std::string>> remove_targets(Call& call, const BusText& bus, const std::string& rule,
                                                      const std::vector<std::string>& ids);

}  // namespace weir::app
