// Temporary credentials.
#pragma once
#include "app/call.h"
#include "wire/lakeformation_operations.h"

namespace weir::services {

base::Result<wire::lakeformation::GetTemporaryGlueTableCredentialsResponse> get_temporary_glue_table_credentials(
    app::Call& call, const wire::lakeformation::GetTemporaryGlueTableCredentialsRequest& in);
base::Result<wire::lakeformation::GetTemporaryGluePartitionCredentialsResponse>
get_temporary_glue_partition_credentials(app::Call& call,
                                         const wire::lakeformation::GetTemporaryGluePartitionCredentialsRequest& in);
base::Result<wire::lakeformation::GetTemporaryDataLocationCredentialsResponse> get_temporary_data_location_credentials(
    app::Call& call, const wire::lakeformation::GetTemporaryDataLocationCredentialsRequest& in);

}  // namespace weir::services
