// ListObjects, both versions.
#pragma once
#include "services/service.h"
#include "wire/s3_operations.h"

namespace weir::services {

base::Result<wire::s3::ListObjectsOutput> list_objects(app::Call& call, const wire::s3::ListObjectsRequest& in);
base::Result<wire::s3::ListObjectsV2Output> list_objects_v2(app::Call& call, const wire::s3::ListObjectsV2Request& in);

}  // namespace weir::services
