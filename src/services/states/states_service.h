// AWS Step Functions (awsJson 1.0, 2016-11-23).
#pragma once
#include "services/service.h"

namespace weir::services {

const Service& states_service();

}  // namespace weir::services
