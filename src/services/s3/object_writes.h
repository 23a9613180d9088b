// PutObject, CopyObject, DeleteObject and DeleteObjects.
#pragma once
#include "services/service.h"
#include "wire/s3_operations.h"

namespace weir::services {

base::Result<std::unique_ptr<Upload>> open_put(app::Call& call, const wire::WireRequest& request);
base::Result<wire::s3::CopyObjectOutput> copy_object(app::Call& call, const wire::s3::CopyObjectRequest& in);
base::Result<wire::s3::DeleteObjectOutput> delete_object(app::Call& call, const wire::s3::DeleteObjectRequest& in);
base::Result<wire::s3::DeleteObjectsOutput> delete_objects(app::Call& call, const wire::s3::DeleteObjectsRequest& in);

}  // namespace weir::services
