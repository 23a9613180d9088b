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

struct Take {
  std::optional<TakenTask> task;
  bool more = false;  // there was none among those looked at, and there are others
};

// A task is taken once: its state hears of the worker, by `event`, in the same transaction. Of a backlog whose tasks
// are over, some are looked at in one transaction.
base::Result<Take> take_task(store::Transaction& tx, ExecutionRecords& executions, const ActivityName& activity,
                             const workflow::Event& event);

}  // namespace weir::executions
