#include "app/executions/nested_execution.h"

#include "app/executions/executions.h"

namespace weir::app {
namespace {

using workflow::TaskResource;

int64_t millis(base::Instant at) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(at.time_since_epoch()).count();
}

// A text as it is, anything else as its JSON text.
std::optional<std::string> input_of(const base::Json& parameters) {
  auto* input = parameters.find("Input");
  if (!input) return std::nullopt;
  return input->as_string() ? *input->as_string() : input->dump();
}

std::string error_name(const base::Error& error) {
  if (error.about == "state machine") return "StepFunctions.StateMachineDoesNotExistException";
  if (error.kind == base::Kind::already_exists) return "StepFunctions.ExecutionAlreadyExistsException";
  if (error.kind == base::Kind::limit_exceeded) return "StepFunctions.ExecutionLimitExceededException";
  if (error.about == "input") return "StepFunctions.InvalidExecutionInputException";
  if (error.about == "arn") return "StepFunctions.InvalidArnException";
  if (error.about == "name") return "StepFunctions.InvalidNameException";
  return "StepFunctions.AWSStepFunctionsException";
}

base::Json described(const workflow::Execution& child, bool parsed) {
  auto payload = [&](const base::Json& value) { return parsed ? value : base::Json(value.dump()); };
  auto included = base::Json::object().set("Included", true);
  auto out = base::Json::object();
  if (child.failure.cause) out.set("Cause", *child.failure.cause);
  if (child.failure.error) out.set("Error", *child.failure.error);
  out.set("ExecutionArn", child.arn);
  out.set("Input", payload(child.input)).set("InputDetails", included);
  out.set("Name", child.name);
  if (child.status == workflow::ExecutionStatus::succeeded)
    out.set("Output", payload(child.output)).set("OutputDetails", included);
  out.set("StartDate", millis(child.started_at));
  out.set("StateMachineArn", child.machine_arn);
  out.set("Status", to_string(child.status));
  if (child.ended_at) out.set("StopDate", millis(*child.ended_at));
  return out;
}

}  // namespace

TaskOutcome NestedExecutions::perform(const TaskCall& task) {
  const auto& resource = task.task.resource;
  if (resource.operation != "startExecution")
    return TaskOutcome::fails(workflow::kRuntime, "The resource '" + resource.arn + "' is not served here.");
  const auto& parameters = task.task.input;
  StartRequest request;
  request.machine_arn = parameters.text("StateMachineArn");
  request.name = parameters.text("Name", task.idempotency_key);
  request.input = input_of(parameters);
  bool waits = resource.pattern == TaskResource::Pattern::sync || resource.pattern == TaskResource::Pattern::sync_2;
  request.starter = {task.id, task.task.task, waits};
  auto call = task.role.call("states", "StartExecution", task.task.role);
  if (!call.ok()) return TaskOutcome::fails("StepFunctions.AWSStepFunctionsException", call.error().says);
  auto started = start_execution(*call, request);
  if (!started.ok()) {
    if (started.error().kind == base::Kind::internal) return {.kind = TaskOutcome::Kind::again};
    return TaskOutcome::fails(error_name(started.error()), started.error().says);
  }
  return TaskOutcome::answers(
      base::Json::object().set("ExecutionArn", started->arn).set("StartDate", millis(started->at)));
}

TaskOutcome end_of_child(const workflow::Execution& child, TaskResource::Pattern pattern) {
  auto description = described(child, pattern == TaskResource::Pattern::sync_2);
  if (child.status == workflow::ExecutionStatus::succeeded) return TaskOutcome::answers(std::move(description));
  return TaskOutcome::fails(workflow::kTaskFailed, description.dump());
}

}  // namespace weir::app
