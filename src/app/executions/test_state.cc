#include "app/executions/test_state.h"

#include "app/executions/machine_role.h"
#include "app/executions/task_performer.h"

namespace weir::app {

using workflow::Event;

namespace {

constexpr char kName[] = "TestState";

base::Error bad_input(const std::string& why) {
  return base::invalid("Invalid State Machine Execution Input: '" + why + "'", "input");
}

base::Result<base::Json> payload_of(const std::optional<std::string>& text) {
  if (!text) return base::Json::object();
  auto json = workflow::parse_payload(*text);
  if (!json.ok()) return bad_input(json.error().says);
  return json;
}

base::Result<executions::StateQuestion> question_of(const TestStateRequest& request) {
  executions::StateQuestion out;
  auto definition = workflow::parse_payload(request.definition);
  if (!definition.ok())
    return base::invalid(
        "Invalid State Machine Definition: 'INVALID_JSON_DESCRIPTION: " + definition.error().says + "'", "definition");
  out.definition = std::move(*definition);
  out.state_name = request.state_name;
  WEIR_TRY(out.input, payload_of(request.input));
  if (request.variables) {
    WEIR_TRY(out.variables, payload_of(request.variables));
  }
  out.mocked = request.mock_result || request.mock_error;
  out.retry_count = request.retry_count;
  return out;
}

workflow::Execution seed_of(const Call& call, const TestStateRequest& request) {
  executions::ExecutionId id{call.caller().account(), kName, kName};
  workflow::Execution out;
  out.arn = executions::execution_arn(call.lake().region, id);
  out.name = out.machine_name = kName;
  out.machine_arn = executions::machine_arn(call.lake().region, {id.account, id.machine});
  out.region = call.lake().region;
  out.role_arn = request.role_arn.value_or("");
  return out;
}

base::Result<Event> mocked(const TestStateRequest& request) {
  Event event{.kind = Event::Kind::task_failed};
  if (request.mock_error) return event.failure = *request.mock_error, event;
  event.kind = Event::Kind::task_succeeded;
  WEIR_TRY(event.output, payload_of(request.mock_result));
  return event;
}

base::Result<Event> called(Call& call, const executions::StateTrial& trial, const workflow::StartTask& task) {
  using Pattern = workflow::TaskResource::Pattern;
  bool waits = task.resource.pattern != Pattern::request_response || task.resource.has_token();
  if (waits) return base::invalid("This task can only be tested when a mock is specified", "validation");
  if (!call.lake().performers)
    return base::fail(base::Kind::unsupported, "A task is not called in a dry run; specify a mock.", "task");
  const auto& execution = trial.execution();
  executions::ExecutionId id{call.caller().account(), kName, kName};
  identity::TokenCache tokens(16);
  MachineRole role(call.lake(), tokens, {id.account, execution.machine_arn, execution.role_arn, kName});
  auto key = executions::idempotency_key(call.facts().request_id, call.now(), task.task);
  auto outcome = call.lake().performers->perform({id, execution, task, std::move(key), role});
  Event event{.kind = Event::Kind::task_failed};
  if (outcome.kind == TaskOutcome::Kind::failed) return event.failure = std::move(outcome.failure), event;
  if (outcome.kind == TaskOutcome::Kind::again)
    return base::fail(base::Kind::unavailable, "The task cannot be called at the moment.", "task");
  event.kind = Event::Kind::task_succeeded;
  event.output = std::move(outcome.answer);
  return event;
}

}  // namespace

base::Result<executions::StateAnswer> test_state(Call& call, const TestStateRequest& request) {
  WEIR_CHECK_OK(call.authorize({.action = "states:TestState"}));
  if (request.reveal_secrets) WEIR_CHECK_OK(call.authorize({.action = "states:RevealSecrets"}));
  WEIR_TRY(auto question, question_of(request));
  auto& lake = call.lake();
  WEIR_TRY(auto trial, executions::StateTrial::prepare(question, lake.definitions->jsonata()));
  auto seed = seed_of(call, request);
  if (request.role_arn && !question.mocked)
    WEIR_CHECK_OK(check_machine_role(call, *request.role_arn, seed.machine_arn));
  auto task = trial.begin(std::move(seed), call.now(), lake.randomness);
  if (task && !question.mocked && !request.role_arn)
    return base::invalid("A role ARN or a mock must be specified to test a Task state", "validation");
  if (task) {
    WEIR_TRY(auto event, question.mocked ? mocked(request) : called(call, trial, *task));
    trial.end_task(std::move(event), lake.randomness);
  }
  return trial.answer(lake.randomness);
}

}  // namespace weir::app
