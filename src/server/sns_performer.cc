#include "server/sns_performer.h"

#include "app/executions/sdk_metadata.h"
#include "server/sdk_performer.h"
#include "wire/operation.h"

namespace weir::server {
namespace {

constexpr char kTitle[] = "SNS";

bool is_served(const workflow::TaskResource& resource) {
  using Pattern = workflow::TaskResource::Pattern;
  bool waits_for_job = resource.pattern == Pattern::sync || resource.pattern == Pattern::sync_2;
  return resource.operation == "publish" && !waits_for_job;
}

// Subscribers get texts: anything else goes as its JSON.
base::Json publication_of(base::Json input) {
  auto* message = input.find("Message");
  if (message && !message->as_string() && !message->is_null()) *message = message->dump();
  return input;
}

}  // namespace

app::TaskOutcome SnsPerformer::perform(const app::TaskCall& task) {
  const auto& resource = task.task.resource;
  if (!is_served(resource))
    return app::TaskOutcome::fails(workflow::kRuntime, "The resource '" + resource.arn + "' is not served here.");
  const auto* model = wire::find_service("sns");
  const auto* route = services_.find(wire::find_operation(*model, "Publish"));
  auto call = task.role.call("sns", "Publish", task.task.role);
  if (!call.ok()) return app::TaskOutcome::fails("States.Permissions", call.error().says);
  auto answer = route->handle_named(*call, publication_of(task.task.input), task.idempotency_key);
  const auto& request_id = call->facts().request_id;
  if (!answer.ok() && answer.error().kind == base::Kind::internal) return {.kind = app::TaskOutcome::Kind::again};
  if (!answer.ok()) return sdk_refusal(*services_.find(model), kTitle, answer.error(), request_id);
  app::add_sdk_metadata(*answer, 200, request_id, base::Json::object().set("Content-Type", "text/xml"));
  return app::TaskOutcome::answers(std::move(*answer));
}

}  // namespace weir::server
