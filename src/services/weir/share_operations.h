// DiagnoseShare: which step of sharing is missing, and whose it is.
#pragma once
#include "app/call.h"
#include "wire/weir_api_types.h"

namespace weir::services {

base::Result<wire::weir_api::DiagnoseShareResponse> diagnose_share(app::Call& call,
                                                                   const wire::weir_api::DiagnoseShareRequest& in);

}  // namespace weir::services
