// What goes wrong in identity pools, in their codes.
#pragma once
#include "services/service.h"

namespace weir::services {

WireError cognito_identity_error(const base::Error& error);

}  // namespace weir::services
