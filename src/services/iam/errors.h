// What goes wrong in IAM, in IAM's codes.
#pragma once
#include "services/service.h"

namespace weir::services {

WireError iam_error(const base::Error& error);

}  // namespace weir::services
