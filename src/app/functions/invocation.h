// One invocation of a function, and how it ended.
//
// Threads: values.
#pragma once
#include <optional>
#include <string>

#include "base/json.h"
#include "functions/function.h"
#include "workflow/states_error.h"

namespace weir::app {

struct Invocation {
  functions::Function function = {};
  std::string arn = {};  // of the function
  base::Json payload = {};
  std::string client_context = {};   // base64, as given
  std::string execution = {};        // the ARN of the execution it is a task of
  std::string idempotency_key = {};  // the same when it is asked for again
  std::string request_id = {};
  base::Instant deadline = {};  // of the task
};

// With what the function answered; else why there is no answer, as Step Functions names it.
struct Invoked {
  base::Json payload = {};
  std::optional<workflow::Failure> failure = {};
};

// What a function itself says went wrong: the error is called what the function calls it, and the cause is its words
// as JSON.
Invoked function_error(const std::string& type, const std::string& message);
// The function answered with an error as JSON. Without an errorType AWS calls it Lambda.Unknown.
Invoked function_error(const base::Json& answer);
// Step Functions could not have it invoked.
Invoked not_invoked(std::string error, const std::string& says, int status, const Invocation& invocation);

}  // namespace weir::app
