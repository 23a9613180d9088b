// Lists of permissions.
#pragma once
#include "app/call.h"
#include "wire/lakeformation_operations.h"

namespace weir::services {

base::Result<wire::lakeformation::ListPermissionsResponse> list_permissions(
    app::Call& call, const wire::lakeformation::ListPermissionsRequest& in);
base::Result<wire::lakeformation::GetEffectivePermissionsForPathResponse> get_effective_permissions_for_path(
    app::Call& call, const wire::lakeformation::GetEffectivePermissionsForPathRequest& in);

}  // namespace weir::services
