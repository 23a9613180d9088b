// What goes wrong in STS, in STS's codes.
#pragma once
#include "services/service.h"

namespace weir::services {

WireError sts_error(const base::Error& error);

}  // namespace weir::services
