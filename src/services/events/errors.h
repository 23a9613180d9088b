// EventBridge's codes.
#pragma once
#include "services/service.h"

namespace weir::services {

WireError events_error(const base::Error& error);

}  // namespace weir::services
