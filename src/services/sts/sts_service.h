// STS on the wire.
#pragma once
#include "services/service.h"

namespace weir::services {

const Service& sts_service();

}  // namespace weir::services
