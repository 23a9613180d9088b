#include "services/glue/glue_service.h"

#include "services/glue/errors.h"
#include "services/glue/operations.h"
#include "wire/glue_operations.h"

namespace weir::services {

const Service& glue_service() {
  using namespace glue_operations;
  namespace op = wire::glue::op;
  // Lists of whole records may be long: they leave the connection's thread free.
  static const Route routes[] = {
      write<op::CreateDatabase, create_database>(),
      read<op::GetDatabase, get_database>(),
      read<op::GetDatabases, get_databases>(),
      write<op::UpdateDatabase, update_database>(),
      write<op::DeleteDatabase, delete_database>(),

      write<op::CreateTable, create_table>(),
      read<op::GetTable, get_table>(),
      write<op::GetTables, get_tables>(),
      write<op::UpdateTable, update_table>(),
      write<op::DeleteTable, delete_table>(),
      write<op::BatchDeleteTable, batch_delete_table>(),

      write<op::CreatePartition, create_partition>(),
      write<op::BatchCreatePartition, batch_create_partition>(),
      write<op::UpdatePartition, update_partition>(),
      write<op::BatchUpdatePartition, batch_update_partition>(),
      write<op::DeletePartition, delete_partition>(),
      write<op::BatchDeletePartition, batch_delete_partition>(),
      read<op::GetPartition, get_partition>(),
      write<op::GetPartitions, get_partitions>(),
      write<op::BatchGetPartition, batch_get_partition>(),

      read<op::GetUnfilteredTableMetadata, get_unfiltered_table_metadata>(),
      read<op::GetUnfilteredPartitionMetadata, get_unfiltered_partition_metadata>(),
      write<op::GetUnfilteredPartitionsMetadata, get_unfiltered_partitions_metadata>(),

      read<op::GetTableVersion, get_table_version>(),
      write<op::GetTableVersions, get_table_versions>(),
      write<op::DeleteTableVersion, delete_table_version>(),
      write<op::BatchDeleteTableVersion, batch_delete_table_version>(),

      write<op::CreatePartitionIndex, create_partition_index>(),
      write<op::DeletePartitionIndex, delete_partition_index>(),
      read<op::GetPartitionIndexes, get_partition_indexes>(),

      write<op::CreateUserDefinedFunction, create_user_defined_function>(),
      write<op::UpdateUserDefinedFunction, update_user_defined_function>(),
      write<op::DeleteUserDefinedFunction, delete_user_defined_function>(),
      read<op::GetUserDefinedFunction, get_user_defined_function>(),
      write<op::GetUserDefinedFunctions, get_user_defined_functions>(),

      read<op::GetColumnStatisticsForTable, get_column_statistics_for_table>(),
      write<op::UpdateColumnStatisticsForTable, update_column_statistics_for_table>(),
      write<op::DeleteColumnStatisticsForTable, delete_column_statistics_for_table>(),
      read<op::GetColumnStatisticsForPartition, get_column_statistics_for_partition>(),
      write<op::UpdateColumnStatisticsForPartition, update_column_statistics_for_partition>(),
      write<op::DeleteColumnStatisticsForPartition, delete_column_statistics_for_partition>(),

      read<op::GetCatalog, get_catalog>(),
      read<op::GetCatalogs, get_catalogs>(),
      write<op::TagResource, tag_resource>(),
      write<op::UntagResource, untag_resource>(),
      read<op::GetTags, get_tags>(),

      write<op::SearchTables, search_tables>(),
  };
  static const Service service{&wire::glue::model(), routes, &glue_error};
  return service;
}

}  // namespace weir::services
