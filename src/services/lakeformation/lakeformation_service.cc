#include "services/lakeformation/lakeformation_service.h"

#include "services/lakeformation/errors.h"
#include "services/lakeformation/filter_operations.h"
#include "services/lakeformation/grant_operations.h"
#include "services/lakeformation/location_operations.h"
#include "services/lakeformation/vending_operations.h"

namespace weir::services {

using namespace wire::lakeformation;

const Service& lakeformation_service() {
  static const Route routes[] = {
      read<op::GetDataLakeSettings, get_data_lake_settings>(),
      write<op::PutDataLakeSettings, put_data_lake_settings>(),
      read<op::GetDataLakePrincipal, get_data_lake_principal>(),
      write<op::RegisterResource, register_resource>(),
      write<op::DeregisterResource, deregister_resource>(),
      write<op::UpdateResource, update_resource>(),
      read<op::DescribeResource, describe_resource>(),
      read<op::ListResources, list_resources>(),
      write<op::GrantPermissions, grant_permissions>(),
      write<op::RevokePermissions, revoke_permissions>(),
      write<op::BatchGrantPermissions, batch_grant_permissions>(),
      write<op::BatchRevokePermissions, batch_revoke_permissions>(),
      read<op::ListPermissions, list_permissions>(),
      write<op::GetEffectivePermissionsForPath, get_effective_permissions_for_path>(),  // walks the catalog
      write<op::CreateDataCellsFilter, create_data_cells_filter>(),
      read<op::GetDataCellsFilter, get_data_cells_filter>(),
      write<op::UpdateDataCellsFilter, update_data_cells_filter>(),
      write<op::DeleteDataCellsFilter, delete_data_cells_filter>(),
      read<op::ListDataCellsFilter, list_data_cells_filter>(),
      read<op::GetTemporaryGlueTableCredentials, get_temporary_glue_table_credentials>(),
      read<op::GetTemporaryGluePartitionCredentials, get_temporary_glue_partition_credentials>(),
      write<op::GetTemporaryDataLocationCredentials, get_temporary_data_location_credentials>(),  // walks the catalog
  };
  static const Service service{&model(), routes, &lakeformation_error};
  return service;
}

}  // namespace weir::services
