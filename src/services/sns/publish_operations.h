// SNS's operations that publish.
#pragma once
#include "app/call.h"
#include "wire/sns_operations.h"

namespace weir::services::sns {

namespace w = wire::sns;

base::Result<w::PublishResponse> publish(app::Call& call, const w::PublishInput& in);
base::Result<w::PublishBatchResponse> publish_batch(app::Call& call, const w::PublishBatchInput& in);

}  // namespace weir::services::sns
