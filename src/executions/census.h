// How many things of a kind an account has, and how many it may have.
//
// Invariant: a number is changed in the transaction that makes or ends what it counts. Where none was kept yet, the
// things themselves are counted once.
//
// Errors: limit_exceeded about the kind.
//
// Threads: as the transaction.
#pragma once
#include "base/result.h"
#include "store/store.h"

namespace weir::executions {

// AWS's quotas of an account in a region.
struct Quotas {
  int64_t open_executions = 1'000'000;
  int64_t machines = 100'000;
  int64_t activities = 10'000;
};

class Census {
 public:
  enum class Kind { open_execution, machine, activity };

  Census(store::Transaction& tx, std::string account) : tx_(tx), account_(std::move(account)) {}

  base::Result<int64_t> count(Kind kind);
  base::Status add(Kind kind, int64_t most);  // one more, unless there are `most`
  base::Status remove(Kind kind);

 private:
  base::Status put(Kind kind, int64_t number);
  store::Transaction& tx_;
  std::string account_;
};

}  // namespace weir::executions
