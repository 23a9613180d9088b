// What goes wrong in S3, in S3's codes.
#pragma once
#include "services/service.h"

namespace weir::services {

WireError s3_error(const base::Error& error);

}  // namespace weir::services
