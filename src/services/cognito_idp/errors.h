// What goes wrong in user pools, in their codes.
#pragma once
#include "services/service.h"

namespace weir::services {

WireError cognito_idp_error(const base::Error& error);

}  // namespace weir::services
