// Lake Formation on the wire.
#pragma once
#include "services/service.h"

namespace weir::services {

const Service& lakeformation_service();

}  // namespace weir::services
