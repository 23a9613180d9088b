// states:startExecution: an execution that starts another one, and perhaps waits for its end.
//
// Threads: any.
#pragma once
#include "app/executions/task_performer.h"

namespace weir::app {

class NestedExecutions final : public TaskPerformer {
 public:
  // The child's name is the idempotency key when the task names none, so that it is started once.
  TaskOutcome perform(const TaskCall& task) override;
};

// What the end of the child is for the task that waited: its description, or States.TaskFailed with it as cause.
TaskOutcome end_of_child(const workflow::Execution& child, workflow::TaskResource::Pattern pattern);

}  // namespace weir::app
