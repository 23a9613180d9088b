// The bus that a request names, and whether the caller may do what it asks there. An account has its default bus and
// no other.
//
// Threads: as the Call.
#pragma once
#include <optional>
#include <string>

#include "app/call.h"
#include "events/names.h"

namespace weir::app {

// The bus of a request, before anything is known of it.
base::Result<events::BusName> bus_of(const Call& call, const std::optional<std::string>& name_or_arn);

// Authorises `action` on that rule, or on all rules with `*`; only who may learns whether the bus is there. Answers
// whose bus it is.
base::Result<std::string> authorize_rule(Call& call, std::string action, const std::optional<std::string>& bus,
                                         const std::string& rule, policy::Context extra = {});

// Kind::not_found about "resource" for another bus than the default one of this region.
base::Status check_default_bus(const Call& call, const events::BusName& bus);

}  // namespace weir::app
