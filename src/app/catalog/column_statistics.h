// Column statistics of tables and partitions.
//
// A minimum, a maximum or a count tells of every row: they are answered only to who sees the column's data
// in all rows. For others a column is answered as one that has no statistics.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "app/catalog/governed_table.h"

namespace weir::app {

// Whose statistics: the table's own, or those of the partition with these values.
struct StatisticsOf {
  names::TableName table;
  std::optional<std::vector<std::string>> partition;
};

struct ColumnFailure {
  std::string column;
  base::Error error;
};
struct StatisticsFound {
  std::vector<catalog::ColumnStatistics> statistics;
  std::vector<ColumnFailure> failures;
};
base::Result<StatisticsFound> get_column_statistics(Call& call, const StatisticsOf& of,
                                                    const std::vector<std::string>& columns);

// The index of the item that failed, and why.
struct StatisticsFailure {
  size_t item = 0;
  base::Error error;
};
base::Result<std::vector<StatisticsFailure>> update_column_statistics(
    Call& call, const StatisticsOf& of, const std::vector<catalog::ColumnStatistics>& statistics);
base::Status delete_column_statistics(Call& call, const StatisticsOf& of, const std::string& column);

}  // namespace weir::app
