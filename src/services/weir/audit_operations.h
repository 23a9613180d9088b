// The audit trail searched, and counted over time.
#pragma once
#include "app/call.h"
#include "wire/weir_api_types.h"

namespace weir::services {

base::Result<wire::weir_api::SearchAuditResponse> search_audit(app::Call& call,
                                                               const wire::weir_api::SearchAuditRequest& in);
base::Result<wire::weir_api::GetUsageResponse> get_usage(app::Call& call, const wire::weir_api::GetUsageRequest& in);

}  // namespace weir::services
