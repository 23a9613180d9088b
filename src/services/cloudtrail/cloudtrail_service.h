// CloudTrail on the wire: reading the audit trail.
#pragma once
#include "services/service.h"

namespace weir::services {

const Service& cloudtrail_service();

}  // namespace weir::services
