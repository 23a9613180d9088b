#include "app/functions/lambda_performer.h"

#include "app/functions/built_in_functions.h"
#include "app/functions/function_webhook.h"
#include "app/functions/lambda_request.h"
#include "app/functions/registered_functions.h"
#include "functions/function_records.h"
#include "workflow/limits.h"

namespace weir::app {
namespace {

using functions::FunctionName;

constexpr size_t kTokensKept = 4096;

TaskOutcome again() { return {.kind = TaskOutcome::Kind::again}; }

TaskOutcome outcome_of(const Invoked& failed) {
  TaskOutcome out;
  out.failure = *failed.failure;
  return out;
}

bool is_ours(const base::Error& error) {
  return error.kind == base::Kind::internal || error.kind == base::Kind::unavailable;
}

base::Result<Invocation> invocation_of(const TaskCall& task, const Call& call, const FunctionName& name,
                                       const LambdaRequest& request) {
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  WEIR_TRY(auto found, functions::FunctionRecords(*tx).find(name.account, name.name));
  bool there = found && name.region == call.lake().region && name.is_latest();
  if (!there) return no_such_function(name);
  return Invocation{.function = std::move(*found),
                    .arn = name.arn(),
                    .payload = request.payload,
                    .client_context = request.client_context,
                    .execution = task.execution.arn,
                    .idempotency_key = task.idempotency_key,
                    .request_id = call.facts().request_id,
                    .deadline = task.task.deadline};
}

base::Status authorize(Call& call, const FunctionName& name) {
  call.about("functionName", name.named_arn());
  return call.authorize(Ask{.action = "lambda:InvokeFunction", .resource = name.named_arn(), .owner = name.account});
}

// Who may not invoke a function does not learn whether it is there.
TaskOutcome refused(const base::Error& error, const Call& call) {
  if (is_ours(error)) return again();
  Invocation about{.request_id = call.facts().request_id};
  if (error.kind == base::Kind::not_found)
    return outcome_of(not_invoked("Lambda.ResourceNotFoundException", error.says, 404, about));
  if (error.kind == base::Kind::denied)
    return outcome_of(not_invoked("Lambda.AWSLambdaException", error.says, 403, about));
  return outcome_of(not_invoked("Lambda.InvalidParameterValueException", error.says, 400, about));
}

TaskOutcome ended(const LambdaRequest& request, const Invocation& invocation, Invoked invoked) {
  // On AWS nobody waits for what an Event comes to; only that it could not be taken is heard.
  bool taken = request.type == LambdaRequest::Type::event && invoked.failure &&
               !invoked.failure->error.value_or("").starts_with("Lambda.");
  if (invoked.failure && !taken) return outcome_of(invoked);
  return TaskOutcome::answers(lambda_result(request, std::move(invoked.payload), invocation.request_id));
}

}  // namespace

LambdaPerformer::LambdaPerformer(notifications::WebhookSender& webhooks, CallSlots& slots, bool one_click)
    : webhooks_(webhooks), slots_(slots), one_click_(one_click), tokens_(kTokensKept) {}

base::Result<Invoked> LambdaPerformer::invoke(Lake& lake, const Invocation& invocation) {
  if (!invocation.function.built_in) return invoke_webhook(lake, webhooks_, invocation);
  WEIR_TRY(auto environment, environment_of(lake, invocation.function));
  MachineRole role(lake, tokens_, holder_of(invocation.function, invocation.arn, lake.clock.now()));
  return invoke_built_in({lake, invocation, role, environment, one_click_});
}

TaskOutcome LambdaPerformer::perform(const TaskCall& task) {
  auto request = read_lambda_request(task.task);
  if (!request.ok()) return TaskOutcome::fails(workflow::kRuntime, request.error().says);
  auto call = task.role.call("lambda", "Invoke", task.task.role);
  if (!call.ok()) return TaskOutcome::fails("States.Permissions", call.error().says);
  auto& lake = call->lake();
  auto name = functions::parse_function_name(request->function, lake.region, call->caller().account());
  if (!name.ok()) return refused(name.error(), *call);
  if (auto allowed = authorize(*call, *name); !allowed.ok()) return refused(allowed.error(), *call);
  auto invocation = invocation_of(task, *call, *name, *request);
  if (!invocation.ok()) return refused(invocation.error(), *call);
  if (request->type == LambdaRequest::Type::dry_run) return ended(*request, *invocation, {});
  auto slot = invocation->function.built_in ? std::nullopt : slots_.take(name->account);
  if (!invocation->function.built_in && !slot) return again();
  auto invoked = invoke(lake, *invocation);
  if (!invoked.ok()) return refused(invoked.error(), *call);
  return ended(*request, *invocation, std::move(*invoked));
}

}  // namespace weir::app
