// AWS Organizations (awsJson 1.1, 2016-11-28).
#pragma once
#include "services/service.h"

namespace weir::services {

const Service& organizations_service();

}  // namespace weir::services
