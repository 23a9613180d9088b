#include "catalog/partition_indexes.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "catalog/catalog_keys.h"
#include "catalog/limits.h"
#include "store/record_access.h"

namespace weir::catalog {
namespace {
constexpr size_t kIndexesMax = 3;
}

PartitionIndexes::PartitionIndexes(store::Transaction& transaction, const Table& table)
    : transaction_(transaction), table_(table), prefix_(belongings_key(Belonging::partition_index, table)) {}

std::string PartitionIndexes::key_of(std::string_view name) const {
  return prefix_ + store::encode_text(base::to_lower(name));
}

base::Status PartitionIndexes::check(const PartitionIndex& index) const {
  WEIR_CHECK_OK(check_name(index.index_name, "A partition index's name"));
  if (index.keys.empty()) return base::invalid("A partition index needs at least one key.", "index");
  std::set<std::string> seen;
  for (auto& name : index.keys) {
    auto& keys = partition_keys_of(table_);
    bool known = std::any_of(keys.begin(), keys.end(),
                             [&](auto& column) { return base::equal_ignoring_case(column.name, name); });
    if (!known) return base::invalid("'" + name + "' is not a partition key.", "index");
    if (!seen.insert(base::to_lower(name)).second) return base::invalid("'" + name + "' is there twice.", "index");
  }
  return {};
}

base::Status PartitionIndexes::create(PartitionIndex index) {
  WEIR_CHECK_OK(check(index));
  WEIR_TRY(auto there, transaction_.get(key_of(index.index_name)));
  if (there) return base::already_exists("Partition index already exists.", "index");
  WEIR_TRY(auto all, transaction_.scan(store::prefix_range(prefix_), kIndexesMax));
  if (all.size() == kIndexesMax)
    return base::fail(base::Kind::limit_exceeded, "A table has at most 3 partition indexes.", "index");
  return store::save(transaction_, key_of(index.index_name), index);
}

base::Status PartitionIndexes::erase(std::string_view name) {
  WEIR_TRY(auto there, transaction_.get(key_of(name)));
  if (!there) return base::not_found("Partition index not found.", "index");
  return transaction_.erase(key_of(name));
}

base::Result<Page<PartitionIndex>> PartitionIndexes::list(const PageRequest& request) {
  return list_page<PartitionIndex>(transaction_, prefix_, store::prefix_range(prefix_), request);
}

}  // namespace weir::catalog
