#include "executions/records.h"

namespace weir::executions {

base::Status erase_all(store::Transaction& tx, const std::string& prefix) {
  constexpr size_t kAtOnce = 256;
  for (;;) {
    WEIR_TRY(auto entries, tx.scan(store::prefix_range(prefix), kAtOnce));
    for (const auto& entry : entries) WEIR_CHECK_OK(tx.erase(entry.key));
    if (entries.size() < kAtOnce) return {};
  }
}

}  // namespace weir::executions
