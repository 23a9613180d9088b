// Weir's own service: what AWS has no operation for.
#pragma once
#include "services/service.h"

namespace weir::services {

const Service& weir_service();

}  // namespace weir::services
