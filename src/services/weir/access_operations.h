// Explain and WhoCan: why somebody may, and who may.
#pragma once
#include "app/call.h"
#include "wire/weir_api_types.h"

namespace weir::services {

base::Result<wire::weir_api::ExplainResponse> explain(app::Call& call, const wire::weir_api::ExplainRequest& in);
base::Result<wire::weir_api::WhoCanResponse> who_can(app::Call& call, const wire::weir_api::WhoCanRequest& in);

}  // namespace weir::services
