#include "services/lakeformation/lakeformation_service.h"

#include "services/lakeformation/errors.h"
#include "services/lakeformation/filter_operations.h"
#include "services/lakeformation/grant_operations.h"
#include "services/lakeformation/list_operations.h"
#include "services/lakeformation/location_operations.h"
#include "services/lakeformation/opt_in_operations.h"
#include "services/lakeformation/saml_operations.h"
#include "services/lakeformation/tag_assignment_operations.h"
#include "services/lakeformation/tag_operations.h"
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
      write<op::ListPermissions, list_permissions>(),                                   // may read every grant
      write<op::GetEffectivePermissionsForPath, get_effective_permissions_for_path>(),  // walks the catalog
      write<op::CreateDataCellsFilter, create_data_cells_filter>(),
      read<op::GetDataCellsFilter, get_data_cells_filter>(),
      write<op::UpdateDataCellsFilter, update_data_cells_filter>(),
      write<op::DeleteDataCellsFilter, delete_data_cells_filter>(),
      read<op::ListDataCellsFilter, list_data_cells_filter>(),
      write<op::CreateLFTag, create_lf_tag>(),
      read<op::GetLFTag, get_lf_tag>(),
      write<op::UpdateLFTag, update_lf_tag>(),
      write<op::DeleteLFTag, delete_lf_tag>(),
      read<op::ListLFTags, list_lf_tags>(),
      write<op::AddLFTagsToResource, add_lf_tags_to_resource>(),
      write<op::RemoveLFTagsFromResource, remove_lf_tags_from_resource>(),
      read<op::GetResourceLFTags, get_resource_lf_tags>(),
      write<op::SearchDatabasesByLFTags, search_databases_by_lf_tags>(),  // walks the catalog
      write<op::SearchTablesByLFTags, search_tables_by_lf_tags>(),        // walks the catalog
      write<op::CreateLFTagExpression, create_lf_tag_expression>(),
      read<op::GetLFTagExpression, get_lf_tag_expression>(),
      write<op::UpdateLFTagExpression, update_lf_tag_expression>(),
      write<op::DeleteLFTagExpression, delete_lf_tag_expression>(),
      read<op::ListLFTagExpressions, list_lf_tag_expressions>(),
      write<op::CreateLakeFormationOptIn, create_lake_formation_opt_in>(),
      write<op::DeleteLakeFormationOptIn, delete_lake_formation_opt_in>(),
      read<op::ListLakeFormationOptIns, list_lake_formation_opt_ins>(),
      read<op::GetTemporaryGlueTableCredentials, get_temporary_glue_table_credentials>(),
      read<op::GetTemporaryGluePartitionCredentials, get_temporary_glue_partition_credentials>(),
      write<op::GetTemporaryDataLocationCredentials, get_temporary_data_location_credentials>(),  // walks the catalog
      sign_in<op::AssumeDecoratedRoleWithSAML, assume_decorated_role_with_saml>(),
  };
  static const Service service{&model(), routes, &lakeformation_error};
  return service;
}

}  // namespace weir::services
