#include "server/events_performer.h"

#include "app/executions/sdk_metadata.h"
#include "server/sdk_performer.h"
#include "wire/operation.h"

namespace weir::server {
namespace {

constexpr char kTitle[] = "EventBridge";

bool is_served(const workflow::TaskResource& resource) {
  using Pattern = workflow::TaskResource::Pattern;
  bool waits_for_job = resource.pattern == Pattern::sync || resource.pattern == Pattern::sync_2;
  return resource.operation == "putEvents" && !waits_for_job;
}

void complete(base::Json& entry, const std::string& execution_arn) {
  if (!entry.as_object()) return;
  auto* detail = entry.find("Detail");
  if (detail && !detail->as_string() && !detail->is_null()) *detail = detail->dump();
  auto* resources = entry.find("Resources");
  if (!resources) entry.set("Resources", base::Json::array());
  resources = entry.find("Resources");
  if (resources->as_array()) resources->push(execution_arn);
}

base::Json request_of(base::Json input, const std::string& execution_arn) {
  auto* entries = input.find("Entries");
  if (entries && entries->as_array())
    for (auto& entry : *entries->as_array()) complete(entry, execution_arn);
  return input;
}

}  // namespace

app::TaskOutcome EventsPerformer::perform(const app::TaskCall& task) {
  const auto& resource = task.task.resource;
  if (!is_served(resource))
    return app::TaskOutcome::fails(workflow::kRuntime, "The resource '" + resource.arn + "' is not served here.");
  const auto* model = wire::find_service("events");
  const auto* route = services_.find(wire::find_operation(*model, "PutEvents"));
  auto call = task.role.call("events", "PutEvents", task.task.role);
  if (!call.ok()) return app::TaskOutcome::fails("States.Permissions", call.error().says);
  auto answer = route->handle_named(*call, request_of(task.task.input, task.execution.arn), task.idempotency_key);
  const auto& request_id = call->facts().request_id;
  if (!answer.ok() && answer.error().kind == base::Kind::internal) return {.kind = app::TaskOutcome::Kind::again};
  if (!answer.ok()) return sdk_refusal(*services_.find(model), kTitle, answer.error(), request_id);
  if (answer->number("FailedEntryCount") > 0) return app::TaskOutcome::fails("EventBridge.FailedEntry", answer->dump());
  app::add_sdk_metadata(*answer, 200, request_id,
                        base::Json::object().set("Content-Type", "application/x-amz-json-1.1"));
  return app::TaskOutcome::answers(std::move(*answer));
}

}  // namespace weir::server
