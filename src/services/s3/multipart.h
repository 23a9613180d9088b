// Uploads in parts.
#pragma once
#include "services/service.h"
#include "wire/s3_operations.h"

namespace weir::services {

base::Result<wire::s3::CreateMultipartUploadOutput> create_upload(app::Call& call,
                                                                  const wire::s3::CreateMultipartUploadRequest& in);
base::Result<std::unique_ptr<Upload>> open_part(app::Call& call, const wire::WireRequest& request);
base::Result<wire::s3::UploadPartCopyOutput> copy_part(app::Call& call, const wire::s3::UploadPartCopyRequest& in);
base::Result<wire::s3::CompleteMultipartUploadOutput> complete_upload(
    app::Call& call, const wire::s3::CompleteMultipartUploadRequest& in);
base::Result<wire::s3::AbortMultipartUploadOutput> abort_upload(app::Call& call,
                                                                const wire::s3::AbortMultipartUploadRequest& in);
base::Result<wire::s3::ListPartsOutput> list_parts(app::Call& call, const wire::s3::ListPartsRequest& in);
base::Result<wire::s3::ListMultipartUploadsOutput> list_uploads(app::Call& call,
                                                                const wire::s3::ListMultipartUploadsRequest& in);

}  // namespace weir::services
