// SNS's codes: the short ones of the query protocol.
#pragma once
#include "services/service.h"

namespace weir::services {

WireError sns_error(const base::Error& error);

}  // namespace weir::services
