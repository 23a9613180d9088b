#include "catalog/statistics.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "catalog/catalog_keys.h"
#include "catalog/partition_keys.h"
#include "catalog/partitions.h"
#include "store/record_access.h"

namespace weir::catalog {
namespace {

constexpr std::array<std::string_view, 7> kTypes{"BOOLEAN", "DATE", "DECIMAL", "DOUBLE", "LONG", "STRING", "BINARY"};

bool has_column(const Table& table, std::string_view name) {
  auto named = [&](const Column& column) { return base::equal_ignoring_case(column.name, name); };
  auto& columns = columns_of(table);
  auto& keys = partition_keys_of(table);
  return std::any_of(columns.begin(), columns.end(), named) || std::any_of(keys.begin(), keys.end(), named);
}

}  // namespace

Statistics::Statistics(store::Transaction& transaction, const Table& table)
    : Statistics(transaction, table, belongings_key(Belonging::column_statistics, table)) {}

base::Result<Statistics> Statistics::of_partition(store::Transaction& transaction, const Table& table,
                                                  const std::vector<std::string>& values) {
  WEIR_CHECK_OK(Partitions(transaction, table).get(values));
  WEIR_TRY(auto prefix,
           partition_key(belongings_key(Belonging::partition_statistics, table), values, table.partition_layout));
  return Statistics(transaction, table, std::move(prefix));
}

std::string Statistics::key_of(std::string_view column) const {
  return prefix_ + store::encode_text(base::to_lower(column));
}

base::Status Statistics::put(ColumnStatistics statistics) {
  if (!has_column(table_, statistics.column_name)) return base::not_found("The table has no such column.", "column");
  auto type = statistics.data.text("Type");
  if (std::find(kTypes.begin(), kTypes.end(), type) == kTypes.end())
    return base::invalid("The statistics' type is none of Glue's.", "statistics");
  return store::save(transaction_, key_of(statistics.column_name), statistics);
}

base::Result<std::optional<ColumnStatistics>> Statistics::find(std::string_view column) {
  return store::load<ColumnStatistics>(transaction_, key_of(column));
}

base::Status Statistics::erase(std::string_view column) {
  WEIR_TRY(auto there, transaction_.get(key_of(column)));
  if (!there) return base::not_found("The column has no statistics.", "statistics");
  return transaction_.erase(key_of(column));
}

}  // namespace weir::catalog
