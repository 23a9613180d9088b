// The partitions of a table. Who may see the table may see them; changing them takes ALTER, or INSERT to
// add and DELETE to drop. Through a resource link they are read and never changed.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/catalog/governed_table.h"
#include "app/vending/unfiltered.h"
#include "catalog/partitions.h"

namespace weir::app {

using PartitionValues = std::vector<std::string>;

// An item of a batch that failed; the others went through.
struct PartitionFailure {
  PartitionValues values;
  base::Error error;
};
struct PartitionChange {
  PartitionValues values;  // of the partition that is there
  catalog::Partition partition;
};

base::Status create_partition(Call& call, const names::TableName& table, const catalog::Partition& partition);
base::Status update_partition(Call& call, const names::TableName& table, const PartitionChange& change);
base::Status delete_partition(Call& call, const names::TableName& table, const PartitionValues& values);

// A batch is one transaction. A location the caller may not use refuses the whole of it.
base::Result<std::vector<PartitionFailure>> batch_create_partitions(Call& call, const names::TableName& table,
                                                                    const std::vector<catalog::Partition>& partitions);
base::Result<std::vector<PartitionFailure>> batch_update_partitions(Call& call, const names::TableName& table,
                                                                    const std::vector<PartitionChange>& changes);
base::Result<std::vector<PartitionFailure>> batch_delete_partitions(Call& call, const names::TableName& table,
                                                                    const std::vector<PartitionValues>& partitions);

base::Result<catalog::Partition> get_partition(Call& call, const names::TableName& table,
                                               const PartitionValues& values);
// Those that are there, in the order asked.
base::Result<std::vector<catalog::Partition>> batch_get_partitions(Call& call, const names::TableName& table,
                                                                   const std::vector<PartitionValues>& partitions);
base::Result<catalog::Page<catalog::Partition>> get_partitions(Call& call, const names::TableName& table,
                                                               const PartitionQuery& query);

}  // namespace weir::app
