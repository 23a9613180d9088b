// What goes wrong in Lake Formation, in its exceptions.
#pragma once
#include "services/service.h"

namespace weir::services {

WireError lakeformation_error(const base::Error& error);

}  // namespace weir::services
