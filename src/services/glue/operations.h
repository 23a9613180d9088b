// The operations of the service, one function each, in the files of their nouns.
#pragma once
#include "base/result.h"
#include "wire/glue_types.h"

namespace weir::app {
class Call;
}

namespace weir::services::glue_operations {

#define WEIR_GLUE_OPERATION(function, Name) \
  base::Result<wire::glue::Name##Response> function(app::Call& call, const wire::glue::Name##Request& in);

// database_operations.cc
WEIR_GLUE_OPERATION(create_database, CreateDatabase)
WEIR_GLUE_OPERATION(get_database, GetDatabase)
WEIR_GLUE_OPERATION(get_databases, GetDatabases)
WEIR_GLUE_OPERATION(update_database, UpdateDatabase)
WEIR_GLUE_OPERATION(delete_database, DeleteDatabase)

// table_operations.cc
WEIR_GLUE_OPERATION(create_table, CreateTable)
WEIR_GLUE_OPERATION(get_table, GetTable)
WEIR_GLUE_OPERATION(get_tables, GetTables)
WEIR_GLUE_OPERATION(update_table, UpdateTable)
WEIR_GLUE_OPERATION(delete_table, DeleteTable)
WEIR_GLUE_OPERATION(batch_delete_table, BatchDeleteTable)

// partition_operations.cc
WEIR_GLUE_OPERATION(create_partition, CreatePartition)
WEIR_GLUE_OPERATION(batch_create_partition, BatchCreatePartition)
WEIR_GLUE_OPERATION(update_partition, UpdatePartition)
WEIR_GLUE_OPERATION(batch_update_partition, BatchUpdatePartition)
WEIR_GLUE_OPERATION(delete_partition, DeletePartition)
WEIR_GLUE_OPERATION(batch_delete_partition, BatchDeletePartition)
WEIR_GLUE_OPERATION(get_partition, GetPartition)
WEIR_GLUE_OPERATION(get_partitions, GetPartitions)
WEIR_GLUE_OPERATION(batch_get_partition, BatchGetPartition)

// unfiltered_operations.cc
WEIR_GLUE_OPERATION(get_unfiltered_table_metadata, GetUnfilteredTableMetadata)
WEIR_GLUE_OPERATION(get_unfiltered_partition_metadata, GetUnfilteredPartitionMetadata)
WEIR_GLUE_OPERATION(get_unfiltered_partitions_metadata, GetUnfilteredPartitionsMetadata)

#undef WEIR_GLUE_OPERATION

}  // namespace weir::services::glue_operations
