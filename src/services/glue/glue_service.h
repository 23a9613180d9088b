// The Glue Data Catalog on the wire.
#pragma once
#include "services/service.h"

namespace weir::services {

const Service& glue_service();

}  // namespace weir::services
