// A worker takes the next task of an activity.
//
// Threads: as the transaction.
#pragma once
#include "executions/activity.h"
#include "executions/execution_records.h"

namespace weir::executions {

struct TakenTask {
  std::string token;
  base::Json input;
};

// Nothing when the queue is empty. A task is taken once: its state hears of the worker in the same transaction.
base::Result<std::optional<TakenTask>> take_task(store::Transaction& tx, ExecutionRecords& executions,
                                                 const ActivityName& activity, const std::string& worker,
                                                 base::Instant now, base::Randomness& randomness);

}  // namespace weir::executions
