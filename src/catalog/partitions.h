// The partitions of one table, over one transaction, in the order of their typed values.
//
// Values are compared with what is stored by their spelling: a partition made as "01" is not found as
// "1". Expressions compare by type.
#pragma once
#include "catalog/page.h"
#include "catalog/table.h"

namespace weir::catalog {

// One of `total` parts of a list that together hold every partition once.
struct Segment {
  int number = 0;
  int total = 1;
};

class Partitions {
 public:
  Partitions(store::Transaction& transaction, const Table& table);

  base::Status create(Partition partition);
  base::Result<std::optional<Partition>> find(const std::vector<std::string>& values);
  base::Result<Partition> get(const std::vector<std::string>& values);
  // Keeps creation_time. Empty `partition.values` keep the values; other ones are Kind::invalid.
  base::Status update(const std::vector<std::string>& values, Partition partition);
  base::Status erase(const std::vector<std::string>& values);  // its statistics go too

  // Those for which `predicate` (null: all) is true, of the segment.
  base::Result<Page<Partition>> list(const PredicatePtr& predicate, const Segment& segment, const PageRequest& request,
                                     const std::function<bool(const Partition&)>& keep = {});

  // Parses against this table's partition keys; an empty text is always().
  base::Result<PredicatePtr> parse_expression(std::string_view text) const;
  Truth satisfies(const Partition& partition, const Predicate& predicate) const;

 private:
  base::Result<std::string> key_of(const std::vector<std::string>& values) const;

  store::Transaction& transaction_;
  const Table& table_;
  std::string prefix_;
};

}  // namespace weir::catalog
