// Rules of the default bus: made, listed, switched on and off, taken away.
//
// Errors: invalid about "event pattern" or "parameter", not_found about "resource", limit_exceeded.
//
// Threads: as the Call.
#pragma once
#include "app/events/event_buses.h"
#include "events/records.h"
#include "events/rule.h"

namespace weir::app {

using BusText = std::optional<std::string>;

struct NewRule {
  std::string name;
  BusText bus;
  std::optional<std::string> pattern;
  std::string description;
  bool enabled = true;
};

// Its ARN. A rule that is there keeps its targets.
base::Result<std::string> put_rule(Call& call, const NewRule& wanted);
base::Result<events::Rule> describe_rule(Call& call, const BusText& bus, const std::string& name);
base::Status enable_rule(Call& call, const BusText& bus, const std::string& name);
base::Status disable_rule(Call& call, const BusText& bus, const std::string& name);
// One that is not there is gone already. Kind::invalid while it has targets.
base::Status delete_rule(Call& call, const BusText& bus, const std::string& name);

struct ListQuery {
  std::string prefix;
  std::string token;
  size_t limit = 100;
};
base::Result<events::Page<events::Rule>> list_rules(Call& call, const BusText& bus, const ListQuery& query);

// Whether the pattern picks the event, which must be a whole envelope.
base::Result<bool> test_event_pattern(Call& call, const std::string& pattern, const std::string& event);

}  // namespace weir::app
