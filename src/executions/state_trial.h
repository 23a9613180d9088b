// One state by itself, as TestState tries it: entered with an input, left at once, never stored.
//
// The state stands in a machine of its own in which whatever it leads to is a state that does nothing; so that what is
// tried is the language itself, and not another reading of it.
//
// Errors: invalid about "definition" (InvalidDefinition) and "validation" (ValidationException).
//
// Threads: a trial belongs to one thread.
#pragma once
#include "base/clock.h"
#include "workflow/step.h"

namespace weir::executions {

struct StateQuestion {
  base::Json definition;   // of a state, or of a machine that has it
  std::string state_name;  // in that machine
  base::Json input;
  base::Json variables;     // an object, or null
  bool mocked = false;      // whoever asks says how the task ends: Parallel and Map can be tried then, too
  int64_t retry_count = 0;  // attempts that were made already
};

struct StateAnswer {
  enum class Status { succeeded, failed, retriable, caught_error };
  Status status = Status::failed;
  std::optional<base::Json> output;
  workflow::Failure failure;
  std::string next_state;
  base::Json inspection;  // as InspectionData, payloads as texts
};

class StateTrial {
 public:
  static base::Result<StateTrial> prepare(const StateQuestion& question, const workflow::Expressions* jsonata);

  // Nothing when the state needs no task, or when it ended before its task.
  std::optional<workflow::StartTask> begin(workflow::Execution seed, base::Instant at, base::Randomness& randomness);
  // How the task ended: task_succeeded or task_failed.
  void end_task(workflow::Event event, base::Randomness& randomness);
  StateAnswer answer(base::Randomness& randomness) const;

  const workflow::Execution& execution() const { return execution_; }

 private:
  StateTrial() = default;
  void step(workflow::Event event, base::Randomness& randomness);
  const workflow::HistoryEvent* find_event(std::string_view type_end) const;
  base::Json inspect(base::Randomness& randomness) const;

  std::shared_ptr<const workflow::Definition> definition_;
  const workflow::Expressions* jsonata_ = nullptr;
  std::string name_;
  base::Json input_;
  int64_t retry_count_ = 0;
  workflow::Execution execution_;
  std::vector<workflow::HistoryEvent> history_;  // of the state itself
  std::optional<workflow::StartTask> task_;
  std::optional<base::Json> result_;
  base::Instant at_;
};

}  // namespace weir::executions
