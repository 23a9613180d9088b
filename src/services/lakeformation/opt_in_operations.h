// Opt-ins for hybrid access mode.
#pragma once
#include "app/call.h"
#include "wire/lakeformation_operations.h"

namespace weir::services {

base::Result<wire::lakeformation::CreateLakeFormationOptInResponse> create_lake_formation_opt_in(
    app::Call& call, const wire::lakeformation::CreateLakeFormationOptInRequest& in);
base::Result<wire::lakeformation::DeleteLakeFormationOptInResponse> delete_lake_formation_opt_in(
    app::Call& call, const wire::lakeformation::DeleteLakeFormationOptInRequest& in);
base::Result<wire::lakeformation::ListLakeFormationOptInsResponse> list_lake_formation_opt_ins(
    app::Call& call, const wire::lakeformation::ListLakeFormationOptInsRequest& in);

}  // namespace weir::services
