// The seam between an execution's tasks and what carries them out: one performer per kind of resource.
//
// A performer is given a task that is written down as wanted, does it, and says how it ended. It may be asked for the
// same task again when the server died in between; it is given the same idempotency key then. It acts only as the
// machine's role: role() is the one way to a Call.
//
// Threads: perform() is called from many at once and may block.
#pragma once
#include "app/executions/machine_role.h"
#include "executions/effect.h"
#include "workflow/step.h"

namespace weir::app {

struct TaskCall {
  const executions::ExecutionId& id;
  const workflow::Execution& execution;
  const workflow::StartTask& task;
  std::string idempotency_key;
  const MachineRole& role;
};

struct TaskOutcome {
  enum class Kind {
    answered,  // with `answer`: the result, or what is noted while a token or a child is waited for
    failed,    // with `failure`
    again,     // nothing can be said now; it is asked again
  };
  Kind kind = Kind::failed;
  base::Json answer = {};
  workflow::Failure failure = {};
  workflow::Event::Stage stage = workflow::Event::Stage::running;

  static TaskOutcome answers(base::Json answer) { return {Kind::answered, std::move(answer), {}, {}}; }
  static TaskOutcome fails(std::string error, std::string cause,
                           workflow::Event::Stage stage = workflow::Event::Stage::running) {
    return {Kind::failed, {}, {std::move(error), std::move(cause), {}}, stage};
  }
};

class TaskPerformer {
 public:
  virtual ~TaskPerformer() = default;
  virtual TaskOutcome perform(const TaskCall& task) = 0;
};

// By what the resource names: "lambda", "sns", "http", "events", "states", "aws-sdk"; "lambda" has functions named by
// their own ARN, too. Filled before the first task, never changed after.
class TaskPerformers {
 public:
  void add(std::string kind, TaskPerformer& performer) { performers_[std::move(kind)] = &performer; }
  // States.Runtime, with a cause that names the resource, when nobody performs it here.
  TaskOutcome perform(const TaskCall& task) const;

 private:
  std::map<std::string, TaskPerformer*> performers_;
};

}  // namespace weir::app
