// Settings and grants.
#pragma once
#include "app/call.h"
#include "wire/lakeformation_operations.h"

namespace weir::services {

base::Result<wire::lakeformation::GrantPermissionsResponse> grant_permissions(
    app::Call& call, const wire::lakeformation::GrantPermissionsRequest& in);
base::Result<wire::lakeformation::RevokePermissionsResponse> revoke_permissions(
    app::Call& call, const wire::lakeformation::RevokePermissionsRequest& in);
base::Result<wire::lakeformation::BatchGrantPermissionsResponse> batch_grant_permissions(
    app::Call& call, const wire::lakeformation::BatchGrantPermissionsRequest& in);
base::Result<wire::lakeformation::BatchRevokePermissionsResponse> batch_revoke_permissions(
    app::Call& call, const wire::lakeformation::BatchRevokePermissionsRequest& in);
base::Result<wire::lakeformation::GetDataLakeSettingsResponse> get_data_lake_settings(
    app::Call& call, const wire::lakeformation::GetDataLakeSettingsRequest& in);
base::Result<wire::lakeformation::PutDataLakeSettingsResponse> put_data_lake_settings(
    app::Call& call, const wire::lakeformation::PutDataLakeSettingsRequest& in);
base::Result<wire::lakeformation::GetDataLakePrincipalResponse> get_data_lake_principal(
    app::Call& call, const wire::lakeformation::GetDataLakePrincipalRequest&);

}  // namespace weir::services
