// What is still to happen outside of a transaction, as records: the outbox of all executions.
//
// An effect is written with the step that wants it and erased with the step that has its result, so that whoever
// starts the program again finds what was not finished. It may happen twice, never not at all; both times it has the
// same idempotency key.
//
// Threads: values and pure functions.
#pragma once
#include "executions/names.h"
#include "executions/records.h"

namespace weir::executions {

// The task of effects that are about all of an execution: no task has this number.
inline constexpr int64_t kWholeExecution = 0;

struct Effect {
  enum class Kind {
    task,       // call what the Task state names
    go_on,      // the step was long enough; the next one
    stop,       // the execution is to end: its machine is deleted, or nobody waits for it any more
    child,      // an execution that this one's task waits for has ended
    task_over,  // somebody asked to hear that this task, or the whole execution, is over, however it ended
    stop_all,   // the executions of a machine are to end, some at a time: `id` names no run, `child` the last one told
  };
  Kind kind = Kind::task;
  ExecutionId id;
  int64_t task = 0;
  std::optional<ExecutionId> child;
};
base::Json to_json(Effect::Kind kind);
base::Status from_json(const base::Json& json, Effect::Kind& kind);
WEIR_RECORD(Effect, FIELD("Kind", &Effect::kind), FIELD("Id", &Effect::id), FIELD("Task", &Effect::task),
            FIELD("Child", &Effect::child))

std::string effect_key(const Effect& effect);
base::Status want(store::Transaction& tx, const Effect& effect);
base::Status done(store::Transaction& tx, const Effect& effect);

// The same for each attempt at one task of one execution, and for no other: safe as a name or a token elsewhere.
std::string idempotency_key(std::string_view execution_arn, base::Instant started, int64_t task);

}  // namespace weir::executions
