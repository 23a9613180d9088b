// What goes wrong, as the code Weir's own service answers with.
#pragma once
#include "services/service.h"

namespace weir::services {

WireError weir_error(const base::Error& error);

}  // namespace weir::services
