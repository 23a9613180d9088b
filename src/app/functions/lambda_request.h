// What a task asks of Lambda, read from its parameters.
//
// Threads: values and pure functions.
#pragma once
#include <string>

#include "app/executions/task_performer.h"

namespace weir::app {

struct LambdaRequest {
  enum class Type {
    request_response,
    event,    // the answer is not waited for on AWS; here it is, and is left out
    dry_run,  // may it?
  };
  std::string function;  // in any form of functions/function_name.h, its qualifier with it
  base::Json payload = {};
  std::string client_context = {};
  Type type = Type::request_response;
  bool enveloped = true;  // not when the resource is the function itself
};

// Kind::invalid, for States.Runtime, when the parameters are none that AWS takes.
base::Result<LambdaRequest> read_lambda_request(const workflow::StartTask& task);

// The result of a task whose function answered with `payload`.
base::Json lambda_result(const LambdaRequest& request, base::Json payload, const std::string& request_id);

}  // namespace weir::app
