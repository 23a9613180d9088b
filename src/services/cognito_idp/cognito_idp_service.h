// Cognito user pools on the wire.
#pragma once
#include "services/service.h"

namespace weir::services {

const Service& cognito_idp_service();

}  // namespace weir::services
