#include "server/sdk_performer.h"

#include "app/executions/sdk_metadata.h"
#include "base/text.h"
#include "wire/faults.h"
#include "wire/operation.h"

namespace weir::server {
namespace {

// What the SDK for Java calls a service, where it is not our name with a capital in front.
struct SdkName {
  std::string_view sdk, own, title;
};
constexpr SdkName kNames[] = {
    {"lakeformation", "lakeformation", "LakeFormation"},
    {"cloudtrail", "cloudtrail", "CloudTrail"},
    {"sfn", "states", "Sfn"},
    {"eventbridge", "events", "EventBridge"},
    {"weir", "weir_api", "Weir"},
    {"cognitoidentityprovider", "cognito_idp", "CognitoIdentityProvider"},
};

SdkName names_of(std::string_view service) {
  for (const auto& name : kNames)
    if (name.sdk == service) return name;
  return {service, service, {}};
}

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

std::string title_of(const SdkName& name) {
  if (!name.title.empty()) return std::string(name.title);
  std::string out(name.sdk);
  if (!out.empty() && out[0] >= 'a' && out[0] <= 'z') out[0] = static_cast<char>(out[0] - 32);
  return out;
}

std::string capitalised(std::string_view operation) {
  std::string out(operation);
  if (!out.empty() && out[0] >= 'a' && out[0] <= 'z') out[0] = static_cast<char>(out[0] - 32);
  return out;
}

app::TaskOutcome unserved(const workflow::TaskResource& resource) {
  return app::TaskOutcome::fails(workflow::kRuntime, "The resource '" + resource.arn + "' is not served here.");
}

}  // namespace

std::string sdk_exception_name(std::string_view code) {
  if (code.ends_with("Fault")) code.remove_suffix(5);
  std::string out(code);
  // A run of capitals is one word; its last letter begins the next.
  for (size_t i = 1; i + 1 < out.size(); ++i)
    if (is_upper(code[i]) && is_upper(code[i - 1]) && is_upper(code[i + 1])) out[i] = base::ascii_lower(out[i]);
  return out.ends_with("Exception") ? out : out + "Exception";
}

app::TaskOutcome sdk_refusal(const services::Service& service, const std::string& title, const base::Error& error,
                             const std::string& request_id) {
  if (error.about == wire::kSerialization)
    return app::TaskOutcome::fails(workflow::kRuntime, "The parameters do not fit the operation: " + error.says);
  auto coded = service.error(error);
  auto* shape = wire::find_error(*service.model, coded.code);
  auto name = shape ? sdk_exception_name(shape->name) : title + "Exception";
  return app::TaskOutcome::fails(title + "." + name, app::sdk_cause(error.says, title, coded.status, request_id));
}

app::TaskOutcome SdkPerformer::perform(const app::TaskCall& task) {
  const auto& resource = task.task.resource;
  auto names = names_of(resource.service);
  const auto* model = wire::find_service(names.own);
  const auto* operation = model ? wire::find_operation(*model, capitalised(resource.operation)) : nullptr;
  const auto* route = operation ? services_.find(operation) : nullptr;
  if (!route || !route->handle_named) return unserved(resource);
  auto call = task.role.call(std::string(model->signing_name), std::string(operation->name), task.task.role);
  if (!call.ok()) return app::TaskOutcome::fails("States.Permissions", call.error().says);
  auto answer = route->handle_named(*call, task.task.input, task.idempotency_key);
  if (answer.ok()) return app::TaskOutcome::answers(std::move(*answer));
  return sdk_refusal(*services_.find(model), title_of(names), answer.error(), call->facts().request_id);
}

}  // namespace weir::server
