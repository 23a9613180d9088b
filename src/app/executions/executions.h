// Executions: started, stopped, told, and begun again where they failed.
//
// What a start does at once, it does in the transaction that begins the execution; whatever has to wait is carried on
// by the runner of the program, which follows the store.
//
// Errors: not_found about "state machine" or "execution", already_exists about "execution", invalid about "input",
// "name", "arn", "token", unsupported about "type", conflict about "redrive" or "deleting", limit_exceeded about
// "execution" when too many are open.
//
// Threads: as the Call.
#pragma once
#include "app/executions/states_words.h"

namespace weir::app {

struct StartRequest {
  std::string machine_arn;          // also of a version or an alias
  std::optional<std::string> name;  // none: one that nobody has
  std::optional<std::string> input;
  std::string trace_header;
  std::optional<executions::Starter> starter;  // a task of another execution; asked again, it started this one
  bool tell_end = false;  // of what is carried through: the runner hears of it (ExecutionRecords::tell_end())
};

struct StartedExecution {
  executions::ExecutionId id;
  std::string arn;
  base::Instant at;
};

struct ShownExecution {
  executions::ExecutionId id;
  workflow::Execution execution;
  executions::About about;
};

// The same name and input again answer with the execution that is running.
base::Result<StartedExecution> start_execution(Call& call, const StartRequest& request);
// Of an express machine; waits for the end, five minutes at most.
base::Result<ShownExecution> start_sync_execution(Call& call, const StartRequest& request);

base::Result<base::Instant> stop_execution(Call& call, const std::string& arn, const workflow::Failure& failure);
// The same for a use case that asked its caller another question: whether what the execution carries through may be
// begun, or ended.
base::Result<StartedExecution> start_recorded(Call& call, const StartRequest& request);
base::Result<base::Instant> stop_recorded(Call& call, const std::string& arn, const workflow::Failure& failure);
base::Result<ShownExecution> describe_execution(Call& call, const std::string& arn);

struct ExecutionFilter {
  std::string machine_arn;  // of an alias or a version: those it started
  std::optional<workflow::ExecutionStatus> status;
  bool pending_redrive = false;       // a status that only children of distributed Maps have
  std::optional<bool> redriven = {};  // redriveFilter
};
base::Result<StatesList<executions::Listed>> list_executions(Call& call, const ExecutionFilter& filter,
                                                             const StatesPage& page);

struct History {
  std::vector<workflow::HistoryEvent> events;
  std::string next_token;
};
base::Result<History> get_execution_history(Call& call, const std::string& arn, bool reverse, const StatesPage& page);

// From the state that failed, with its input.
base::Result<base::Instant> redrive_execution(Call& call, const std::string& arn, const std::string& client_token);
// Why not, in AWS's words; empty when it can be redriven.
std::string why_not_redrivable(const workflow::Execution& execution, base::Instant now);

}  // namespace weir::app
