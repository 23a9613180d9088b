// DryRun: what another operation would change.
#pragma once
#include "app/call.h"
#include "wire/weir_api_types.h"

namespace weir::services {

base::Result<wire::weir_api::DryRunResponse> dry_run(app::Call& call, const wire::weir_api::DryRunRequest& in);

}  // namespace weir::services
