#include "catalog/remains.h"

#include "catalog/catalog_keys.h"

namespace weir::catalog {
namespace {

constexpr size_t kAtOnce = 256;  // small tables go whole with their deletion

std::string remains_key(std::string_view catalog, std::string_view serial) {
  return store::key("remains", catalog, serial);
}

// Erases up to `budget` belongings and takes them off it.
base::Status erase_belongings(store::Transaction& transaction, std::string_view catalog, std::string_view serial,
                              size_t& budget) {
  for (auto kind : kBelongings) {
    WEIR_TRY(auto entries, transaction.scan(store::prefix_range(belongings_key(kind, catalog, serial)), budget));
    for (auto& entry : entries) WEIR_CHECK_OK(transaction.erase(entry.key));
    budget -= entries.size();
  }
  return {};
}

}  // namespace

base::Status leave_remains(store::Transaction& transaction, const Table& table) {
  size_t budget = kAtOnce;
  WEIR_CHECK_OK(erase_belongings(transaction, table.catalog_id, table.serial, budget));
  if (budget > 0) return {};
  return transaction.put(remains_key(table.catalog_id, table.serial), "");
}

base::Result<bool> clear_remains(store::Transaction& transaction, size_t limit) {
  size_t budget = limit;
  while (budget > 0) {
    WEIR_TRY(auto gone, transaction.scan(store::prefix_range(store::key("remains")), 1));
    if (gone.empty()) return false;
    WEIR_TRY(auto parts, store::split_key(gone[0].key));
    if (parts.size() != 3) return base::internal("catalog: a broken key of remains");
    WEIR_CHECK_OK(erase_belongings(transaction, parts[1], parts[2], budget));
    if (budget > 0) WEIR_CHECK_OK(transaction.erase(gone[0].key));
  }
  return true;
}

}  // namespace weir::catalog
