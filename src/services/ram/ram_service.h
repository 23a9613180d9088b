// AWS Resource Access Manager (restJson1, 2018-01-04).
#pragma once
#include "services/service.h"

namespace weir::services {

const Service& ram_service();

}  // namespace weir::services
