#include "catalog/partitions.h"

#include "base/hash.h"
#include "catalog/catalog_keys.h"
#include "catalog/limits.h"
#include "catalog/partition_keys.h"
#include "store/record_access.h"

namespace weir::catalog {
namespace {

constexpr int kSegmentsMax = 10;

base::Status check_segment(const Segment& segment) {
  bool fits =
      segment.total >= 1 && segment.total <= kSegmentsMax && segment.number >= 0 && segment.number < segment.total;
  return fits ? base::Status() : base::invalid("Segment must have 1 to 10 parts and name one of them.", "segment");
}

bool belongs(std::string_view key_tail, const Segment& segment) {
  return segment.total == 1 ||
         static_cast<int>(base::crc32c(0, key_tail) % static_cast<uint32_t>(segment.total)) == segment.number;
}

}  // namespace

Partitions::Partitions(store::Transaction& transaction, const Table& table)
    : transaction_(transaction), table_(table), prefix_(belongings_key(Belonging::partition, table)) {}

base::Result<std::string> Partitions::key_of(const std::vector<std::string>& values) const {
  WEIR_CHECK_OK(check_partition_values(values));
  return partition_key(prefix_, values, table_.partition_layout);
}

base::Status Partitions::create(Partition partition) {
  WEIR_CHECK_OK(check_partition(partition));
  WEIR_TRY(auto key, key_of(partition.values));
  WEIR_TRY(auto there, transaction_.get(key));
  if (there) return base::already_exists("Partition already exists.", "partition");
  partition.catalog_id = table_.catalog_id;
  partition.database_name = table_.database_name;
  partition.table_name = table_.name;
  return store::save(transaction_, key, partition);
}

base::Result<std::optional<Partition>> Partitions::find(const std::vector<std::string>& values) {
  WEIR_TRY(auto key, key_of(values));
  return store::load<Partition>(transaction_, key);
}

base::Result<Partition> Partitions::get(const std::vector<std::string>& values) {
  WEIR_TRY(auto found, find(values));
  if (!found) return base::not_found("Partition not found.", "partition");
  return std::move(*found);
}

base::Status Partitions::update(const std::vector<std::string>& values, Partition partition) {
  WEIR_CHECK_OK(check_partition(partition));
  WEIR_TRY(auto there, get(values));
  if (!partition.values.empty() && partition.values != values)
    return base::invalid("The values of a partition cannot change; delete it and create another.", "partition");
  partition.catalog_id = there.catalog_id;
  partition.database_name = there.database_name;
  partition.table_name = there.table_name;
  partition.values = there.values;
  partition.creation_time = there.creation_time;
  WEIR_TRY(auto key, key_of(values));
  return store::save(transaction_, key, partition);
}

base::Status Partitions::erase(const std::vector<std::string>& values) {
  WEIR_CHECK_OK(get(values));
  WEIR_TRY(auto statistics,
           partition_key(belongings_key(Belonging::partition_statistics, table_), values, table_.partition_layout));
  WEIR_TRY(auto entries, transaction_.scan(store::prefix_range(statistics), static_cast<size_t>(-1)));
  for (auto& entry : entries) WEIR_CHECK_OK(transaction_.erase(entry.key));
  WEIR_TRY(auto key, key_of(values));
  return transaction_.erase(key);
}

base::Result<Page<Partition>> Partitions::list(const PredicatePtr& predicate, const Segment& segment,
                                               const PageRequest& request,
                                               const std::function<bool(const Partition&)>& keep) {
  WEIR_CHECK_OK(check_segment(segment));
  auto range = store::prefix_range(prefix_);
  if (predicate) {
    std::vector<PartitionColumn> columns;
    auto& keys = partition_keys_of(table_);
    for (size_t i = 0; i < keys.size() && i < table_.partition_layout.size(); ++i)
      columns.push_back({keys[i].name, table_.partition_layout[i]});
    range = partition_range(prefix_, columns, *predicate);
  }
  auto in_segment = [&](std::string_view key_tail) { return belongs(key_tail, segment); };
  auto wanted = [&](const Partition& partition) {
    return (!predicate || satisfies(partition, *predicate) == Truth::yes) && (!keep || keep(partition));
  };
  return list_page<Partition>(transaction_, prefix_, range, request, {in_segment, wanted});
}

base::Result<PredicatePtr> Partitions::parse_expression(std::string_view text) const {
  if (text.empty()) return always();
  return parse_predicate(text, schema_of(table_), Dialect::partition_expression);
}

Truth Partitions::satisfies(const Partition& partition, const Predicate& predicate) const {
  auto& keys = partition_keys_of(table_);
  return evaluate(predicate, [&](const std::vector<std::string>& column) -> std::optional<std::string> {
    for (size_t i = 0; i < keys.size() && i < partition.values.size(); ++i)
      if (column.size() == 1 && keys[i].name == column[0]) return partition.values[i];
    return std::nullopt;
  });
}

}  // namespace weir::catalog
