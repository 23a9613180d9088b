// Declarations of partition indexes. Seeing them takes what seeing the table takes, changing them ALTER.
#pragma once
#include <string>

#include "app/catalog/governed_table.h"
#include "catalog/page.h"

namespace weir::app {

base::Status create_partition_index(Call& call, const names::TableName& table, const catalog::PartitionIndex& index);
base::Status delete_partition_index(Call& call, const names::TableName& table, const std::string& index);

struct PartitionIndexList {
  std::shared_ptr<const catalog::Table> table;  // which knows the types of the keys
  catalog::Page<catalog::PartitionIndex> page;
};
base::Result<PartitionIndexList> get_partition_indexes(Call& call, const names::TableName& table,
                                                       const std::string& token);

}  // namespace weir::app
