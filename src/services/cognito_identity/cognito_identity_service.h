// Cognito identity pools on the wire.
#pragma once
#include "services/service.h"

namespace weir::services {

const Service& cognito_identity_service();

}  // namespace weir::services
