// S3 on the wire.
#pragma once
#include "services/service.h"

namespace weir::services {

const Service& s3_service();

}  // namespace weir::services
