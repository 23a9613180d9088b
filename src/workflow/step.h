// One step of an execution: an event happens, states run as far as they can without waiting, and what should
// happen outside comes back as effects.
//
// Pure: the same definition, execution and event give the same step, byte for byte. The caller commits execution
// and history first and lets the effects happen after; after a restart outstanding() says them again. An event
// that comes too late (the task is over, the execution has ended) is not taken: at most what was due before it
// has happened.
#pragma once
#include <variant>

#include "workflow/definition.h"
#include "workflow/execution.h"
#include "workflow/history.h"

namespace weir::workflow {

// What happened. `at` and `entropy` are given for every event: 16 or more random bytes nobody can foretell.
struct Event {
  enum class Kind {
    start,           // of a new execution
    go_on,           // the effect of that name
    time,            // an instant that was waited for, or any later one
    task_started,    // somebody works on it; `worker` for activities
    task_submitted,  // the call of a callback or .sync task was answered with `output`
    task_succeeded,  // with `output`
    task_failed,     // with `failure`, both parts of which may be absent
    task_heartbeat,
    stop,     // StopExecution, with `failure`
    redrive,  // of an execution that ended without success
  };
  // Where a task failed.
  enum class Stage { running, starting, submitting };

  Kind kind = Kind::time;
  base::Instant at{};
  std::string entropy{};
  int64_t task = 0;
  Json output{};
  Failure failure{};
  Stage stage = Stage::running;
  std::string worker{};
};

struct StartTask {
  int64_t task = 0;
  std::string state;
  TaskResource resource;
  Json input;
  std::string token;                // for callbacks and activities: who shows it may end the task
  std::optional<std::string> role;  // Credentials: to be assumed for the call
  base::Instant deadline;
};
struct CancelTask {
  int64_t task = 0;
};
struct WakeAt {
  base::Instant at;  // the one timer of the execution; a later WakeAt replaces it
};
struct GoOn {};  // at once: the step was long enough
struct Ended {
  ExecutionStatus status = ExecutionStatus::running;
};
using Effect = std::variant<StartTask, CancelTask, WakeAt, GoOn, Ended>;

struct Step {
  Execution execution;
  std::vector<Effect> effects;
  std::vector<HistoryEvent> history;
  bool taken = true;  // false: the event came too late
};

Step step(const Definition& definition, Execution execution, const Event& event, const Expressions* jsonata = nullptr);

// What a running execution waits for, as effects: tasks whose answer never came (with StartTask::task as before;
// those that were submitted or taken by an activity's worker are not started again), the timer, GoOn.
std::vector<Effect> outstanding(const Definition& definition, const Execution& execution);

}  // namespace weir::workflow
