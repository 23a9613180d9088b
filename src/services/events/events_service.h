// EventBridge: events on the default bus, rules and their targets, connections and API destinations.
// docs/wire/events.md says where it differs from AWS.
#pragma once
#include "services/service.h"

namespace weir::services {

const Service& events_service();

}  // namespace weir::services
