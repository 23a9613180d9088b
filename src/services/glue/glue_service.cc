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
  };
  static const Service service{&wire::glue::model(), routes, &glue_error};
  return service;
}

}  // namespace weir::services
