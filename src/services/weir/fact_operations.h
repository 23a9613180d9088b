// What pages draw: the caller's own access, the matrix of a database, where a grant came from.
#pragma once
#include "app/call.h"
#include "wire/weir_api_types.h"

namespace weir::services {

base::Result<wire::weir_api::GetMyAccessResponse> get_my_access(app::Call& call,
                                                                const wire::weir_api::GetMyAccessRequest& in);
base::Result<wire::weir_api::BatchGetMyAccessResponse> batch_get_my_access(
    app::Call& call, const wire::weir_api::BatchGetMyAccessRequest& in);
base::Result<wire::weir_api::GetAccessMatrixResponse> get_access_matrix(
    app::Call& call, const wire::weir_api::GetAccessMatrixRequest& in);
base::Result<wire::weir_api::GetGrantLineageResponse> get_grant_lineage(
    app::Call& call, const wire::weir_api::GetGrantLineageRequest& in);

}  // namespace weir::services
