// Column statistics of one table and of its partitions, over one transaction.
#pragma once
#include "catalog/table.h"
#include "store/store.h"

namespace weir::catalog {

class Statistics {
 public:
  // Of the table itself.
  Statistics(store::Transaction& transaction, const Table& table);
  // Of the partition with these values, which must be there.
  static base::Result<Statistics> of_partition(store::Transaction& transaction, const Table& table,
                                               const std::vector<std::string>& values);

  // The column must be one of the table's, the data of one of Glue's types.
  base::Status put(ColumnStatistics statistics);
  base::Result<std::optional<ColumnStatistics>> find(std::string_view column);
  base::Status erase(std::string_view column);  // Kind::not_found when there are none

 private:
  Statistics(store::Transaction& transaction, const Table& table, std::string prefix)
      : transaction_(transaction), table_(table), prefix_(std::move(prefix)) {}
  std::string key_of(std::string_view column) const;

  store::Transaction& transaction_;
  const Table& table_;
  std::string prefix_;
};

}  // namespace weir::catalog
