#include "server/http_performer.h"

#include <algorithm>

#include "base/text.h"
#include "server/http_request.h"

namespace weir::server {
namespace {

using app::TaskOutcome;

constexpr size_t kAnswerBytesMax = 256 * 1024;        // what a state may hold
constexpr auto kPatience = std::chrono::seconds(60);  // as Step Functions, with the token that the call needs
constexpr auto kNoPermission = "States.Permissions";
constexpr auto kSocket = "States.Http.Socket";

// The call was not made, or had no answer.
TaskOutcome failed(const base::Error& error) {
  using base::Kind;
  switch (error.kind) {
    case Kind::internal: return {.kind = TaskOutcome::Kind::again};
    case Kind::denied: return TaskOutcome::fails(kNoPermission, error.says);
    case Kind::unavailable: return TaskOutcome::fails(kSocket, error.says);
    case Kind::limit_exceeded:
      return TaskOutcome::fails(workflow::kDataLimitExceeded, "The answer is longer than 256 KB.");
    case Kind::invalid:
    case Kind::not_found:
    case Kind::already_exists:
    case Kind::unauthenticated:
    case Kind::expired:
    case Kind::conflict:
    case Kind::concurrent:
    case Kind::precondition_failed:
    case Kind::type_mismatch:
    case Kind::malformed_policy:
    case Kind::unsupported:
    case Kind::throttled: return TaskOutcome::fails(workflow::kRuntime, error.says);
  }
  return TaskOutcome::fails(workflow::kRuntime, error.says);
}

// Nobody hears an answer that comes after the state's time.
std::chrono::milliseconds patience_until(base::Instant deadline, base::Instant now) {
  return std::min<std::chrono::milliseconds>(kPatience, std::chrono::ceil<std::chrono::milliseconds>(deadline - now));
}

base::Json headers_json(const notifications::WebhookAnswer& answer) {
  auto out = base::Json::object();
  for (const auto& [name, value] : answer.headers) {
    auto lower = base::to_lower(name);
    if (!out.find(lower)) out.set(lower, base::Json::array());
    out.find(lower)->push(base::is_valid_utf8(value) ? value : std::string());
  }
  return out;
}

// JSON where the endpoint says so and it is; text otherwise. A state cannot hold anything else.
base::Result<base::Json> body_json(const notifications::WebhookAnswer& answer) {
  if (answer.header("content-type").find("json") != std::string_view::npos && !answer.body.empty())
    if (auto json = base::parse_json(answer.body); json.ok()) return json;
  if (!base::is_valid_utf8(answer.body)) return base::invalid("The answer is neither JSON nor text.", "answer");
  return base::Json(answer.body);
}

TaskOutcome outcome_of(const notifications::WebhookAnswer& answer) {
  auto body = body_json(answer);
  if (!body) return failed(body.error());
  auto result = base::Json::object()
                    .set("Headers", headers_json(answer))
                    .set("ResponseBody", std::move(*body))
                    .set("StatusCode", answer.status)
                    .set("StatusText", status_text(answer.status));
  if (answer.status / 100 == 2) return TaskOutcome::answers(std::move(result));
  return TaskOutcome::fails("States.Http.StatusCode." + std::to_string(answer.status), result.dump());
}

// May the role call this, with this connection?
base::Status authorize(app::Call& call, const HttpTask& task, const std::string& machine_arn) {
  call.about("apiEndpoint", task.endpoint);
  call.about("method", task.call.method);
  call.about("connectionArn", task.connection_arn);
  app::Ask invoke{"states:InvokeHTTPEndpoint", machine_arn};
  invoke.extra.set("states:httpendpoint", task.endpoint);
  invoke.extra.set("states:httpmethod", task.call.method);
  WEIR_CHECK_OK(call.authorize(invoke));
  WEIR_TRY(auto name, events::parse_connection_arn(task.connection_arn));
  return call.authorize(app::Ask{"events:RetrieveConnectionCredentials", task.connection_arn, name.account});
}

base::Result<notifications::WebhookAnswer> invoke(app::Call& call, notifications::WebhookSender& webhooks,
                                                  HttpTask task, const app::TaskCall& caller) {
  WEIR_CHECK_OK(authorize(call, task, caller.execution.machine_arn));
  WEIR_TRY(auto connection, app::find_connection(call.lake(), call.caller().account(), task.connection_arn));
  task.call.patience = task.call.total = patience_until(caller.task.deadline, call.lake().clock.now());
  task.call.answer_bytes_max = kAnswerBytesMax;
  task.call.headers.emplace_back("User-Agent", "Amazon|StepFunctions|HttpInvoke|" + call.lake().region);
  return app::call_endpoint(call.lake(), webhooks, connection, std::move(task.call));
}

}  // namespace

TaskOutcome HttpPerformer::perform(const app::TaskCall& task) {
  const auto& resource = task.task.resource;
  bool served = resource.operation == "invoke" && resource.pattern == workflow::TaskResource::Pattern::request_response;
  if (!served) return TaskOutcome::fails(workflow::kRuntime, "The resource '" + resource.arn + "' is not served here.");
  auto parameters = read_http_task(task.task.input);
  if (!parameters) return failed(parameters.error());
  // Before anything is asked: the trail has one entry of a call, however long it waits for its turn.
  auto slot = slots_.take(task.id.account);
  if (!slot) return {.kind = TaskOutcome::Kind::again};
  auto call = task.role.call("states", "InvokeHTTPEndpoint", task.task.role);
  if (!call.ok()) return TaskOutcome::fails(kNoPermission, call.error().says);
  auto answer = invoke(*call, webhooks_, std::move(*parameters), task);
  return answer.ok() ? outcome_of(*answer) : failed(answer.error());
}

}  // namespace weir::server
