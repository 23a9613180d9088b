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

// version_operations.cc
WEIR_GLUE_OPERATION(get_table_version, GetTableVersion)
WEIR_GLUE_OPERATION(get_table_versions, GetTableVersions)
WEIR_GLUE_OPERATION(delete_table_version, DeleteTableVersion)
WEIR_GLUE_OPERATION(batch_delete_table_version, BatchDeleteTableVersion)

// index_operations.cc
WEIR_GLUE_OPERATION(create_partition_index, CreatePartitionIndex)
WEIR_GLUE_OPERATION(delete_partition_index, DeletePartitionIndex)
WEIR_GLUE_OPERATION(get_partition_indexes, GetPartitionIndexes)

// function_operations.cc
WEIR_GLUE_OPERATION(create_user_defined_function, CreateUserDefinedFunction)
WEIR_GLUE_OPERATION(update_user_defined_function, UpdateUserDefinedFunction)
WEIR_GLUE_OPERATION(delete_user_defined_function, DeleteUserDefinedFunction)
WEIR_GLUE_OPERATION(get_user_defined_function, GetUserDefinedFunction)
WEIR_GLUE_OPERATION(get_user_defined_functions, GetUserDefinedFunctions)

// statistics_operations.cc
WEIR_GLUE_OPERATION(get_column_statistics_for_table, GetColumnStatisticsForTable)
WEIR_GLUE_OPERATION(update_column_statistics_for_table, UpdateColumnStatisticsForTable)
WEIR_GLUE_OPERATION(delete_column_statistics_for_table, DeleteColumnStatisticsForTable)
WEIR_GLUE_OPERATION(get_column_statistics_for_partition, GetColumnStatisticsForPartition)
WEIR_GLUE_OPERATION(update_column_statistics_for_partition, UpdateColumnStatisticsForPartition)
WEIR_GLUE_OPERATION(delete_column_statistics_for_partition, DeleteColumnStatisticsForPartition)

// catalog_operations.cc
WEIR_GLUE_OPERATION(get_catalog, GetCatalog)
WEIR_GLUE_OPERATION(get_catalogs, GetCatalogs)
WEIR_GLUE_OPERATION(tag_resource, TagResource)
WEIR_GLUE_OPERATION(untag_resource, UntagResource)
WEIR_GLUE_OPERATION(get_tags, GetTags)

// search_operations.cc
WEIR_GLUE_OPERATION(search_tables, SearchTables)

#undef WEIR_GLUE_OPERATION

}  // namespace weir::services::glue_operations
