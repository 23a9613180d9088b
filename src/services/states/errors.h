#pragma once
#include "services/service.h"

namespace weir::services {

WireError states_error(const base::Error& error);

}  // namespace weir::services
