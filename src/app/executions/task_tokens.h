// Task tokens: whoever shows one ends the task it was made for, once.
//
// A token that was never made, that is malformed, or that is of another account answers alike: InvalidToken. One whose
// task is over, however it ended: TaskTimedOut.
//
// Errors: invalid about "task token" (InvalidToken) and "output" (InvalidOutput); not_found about "task"
// (TaskDoesNotExist); expired about "task" (TaskTimedOut).
//
// Threads: as the Call.
#pragma once
#include "app/executions/states_words.h"

namespace weir::app {

base::Status send_task_success(Call& call, const std::string& token, const std::string& output);
base::Status send_task_failure(Call& call, const std::string& token, const workflow::Failure& failure);
base::Status send_task_heartbeat(Call& call, const std::string& token);

}  // namespace weir::app
