// What a Task state's Resource names, parsed into a value: a function, an activity, or an operation of a service
// and how its end is awaited. Which of them are served is not decided here.
#pragma once
#include <string>
#include <string_view>

#include "base/result.h"

namespace weir::workflow {

struct TaskResource {
  enum class Kind {
    lambda_function,  // arn:aws:lambda:REGION:ACCOUNT:function:NAME[:QUALIFIER]
    activity,         // arn:aws:states:REGION:ACCOUNT:activity:NAME
    service,          // arn:aws:states:::SERVICE:OPERATION and arn:aws:states:::aws-sdk:SERVICE:OPERATION
  };
  enum class Pattern { request_response, sync, sync_2, callback };

  std::string arn;
  Kind kind = Kind::service;
  bool aws_sdk = false;
  std::string service;    // lambda, sns, states, http, ...; with aws_sdk the SDK's name: lakeformation, sfn
  std::string operation;  // invoke, publish, startExecution, ...
  Pattern pattern = Pattern::request_response;

  static base::Result<TaskResource> parse(std::string_view text);
  // As history says it: "lambda" or "aws-sdk:lakeformation"; "invoke.waitForTaskToken".
  std::string type_name() const;
  std::string resource_name() const;
  bool has_token() const { return kind == Kind::activity || pattern == Pattern::callback; }
  // The answer to the call is not the task's result: TaskSubmitted comes between.
  bool is_submitted() const { return kind == Kind::service && pattern != Pattern::request_response; }
};

}  // namespace weir::workflow
