// Small records that end by themselves: counted attempts, proofs that were used up.
//
// INVARIANT: what has ended is as if it were not there. Each write forgets some of what has ended, more than it adds,
// so the records stay in proportion to what still counts.
//
// Threads: as the transaction.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"
#include "store/store.h"

namespace weir::people {

class PassingRecords {
 public:
  PassingRecords(store::Transaction& tx, base::Instant now) : tx_(tx), now_(now) {}

  base::Result<std::optional<std::string>> find(std::string_view kind, std::string_view id);
  base::Status put(std::string_view kind, std::string_view id, std::string value, base::Instant until);
  base::Status erase(std::string_view kind, std::string_view id);

 private:
  base::Status forget_ended();
  base::Status forget(const std::string& ended);

  store::Transaction& tx_;
  base::Instant now_;
};

}  // namespace weir::people
