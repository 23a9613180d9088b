// The partition indexes of one table, over one transaction. Weir's partitions are ordered by their
// typed values already, so an index is a declaration that round-trips: it is ACTIVE when created.
#pragma once
#include "catalog/page.h"
#include "catalog/table.h"

namespace weir::catalog {

class PartitionIndexes {
 public:
  PartitionIndexes(store::Transaction& transaction, const Table& table);

  // Its keys must be partition keys of the table, each once; at most three indexes per table.
  base::Status create(PartitionIndex index);
  base::Status erase(std::string_view name);
  base::Result<Page<PartitionIndex>> list(const PageRequest& request);

 private:
  base::Status check(const PartitionIndex& index) const;
  std::string key_of(std::string_view name) const;

  store::Transaction& transaction_;
  const Table& table_;
  std::string prefix_;
};

}  // namespace weir::catalog
