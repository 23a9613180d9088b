#include "app/functions/lambda_request.h"

#include <algorithm>
#include <array>

#include "app/executions/sdk_metadata.h"
#include "base/text.h"
#include "functions/function_name.h"

namespace weir::app {
namespace {

using base::Json;

constexpr std::array<std::string_view, 5> kParameters = {"FunctionName", "Payload", "Qualifier", "InvocationType",
                                                         "ClientContext"};
constexpr size_t kContextBytesMax = 3583;  // as AWS

base::Error wrong(std::string says) { return base::invalid(std::move(says), "parameters"); }

base::Status check_parameters(const Json& input) {
  if (!input.as_object()) return wrong("The parameters of lambda:invoke are an object.");
  for (const auto& [name, value] : *input.as_object()) {
    if (std::ranges::find(kParameters, name) == kParameters.end())
      return wrong("The field '" + name + "' is not supported by Step Functions.");
    if (name != "Payload" && !value.as_string()) return wrong("The field '" + name + "' is a text.");
  }
  if (input.text("FunctionName").empty()) return wrong("The field 'FunctionName' is required.");
  return {};
}

base::Result<LambdaRequest::Type> type_of(const std::string& text) {
  if (text == "RequestResponse") return LambdaRequest::Type::request_response;
  if (text == "Event") return LambdaRequest::Type::event;
  if (text == "DryRun") return LambdaRequest::Type::dry_run;
  return wrong("InvocationType is RequestResponse, Event or DryRun.");
}

// Base64 of JSON: nothing else of it becomes a header.
base::Status check_context(const std::string& text) {
  auto json = base::unbase64(text);
  bool fits = text.size() <= kContextBytesMax && json.ok() && base::parse_json(*json).ok();
  return fits || text.empty() ? base::Status()
                              : base::Status(wrong("ClientContext is base64 of JSON, 3583 bytes at most."));
}

int status_of(LambdaRequest::Type type) {
  switch (type) {
    case LambdaRequest::Type::request_response: return 200;
    case LambdaRequest::Type::event: return 202;
    case LambdaRequest::Type::dry_run: return 204;
  }
  return 200;
}

}  // namespace

base::Result<LambdaRequest> read_lambda_request(const workflow::StartTask& task) {
  using workflow::TaskResource;
  if (task.resource.kind == TaskResource::Kind::lambda_function)
    return LambdaRequest{.function = task.resource.arn, .payload = task.input, .enveloped = false};
  bool waits =
      task.resource.pattern == TaskResource::Pattern::sync || task.resource.pattern == TaskResource::Pattern::sync_2;
  if (task.resource.operation != "invoke" || waits)
    return wrong("The resource '" + task.resource.arn + "' is not served here.");
  const auto& input = task.input;
  WEIR_CHECK_OK(check_parameters(input));
  LambdaRequest out{.function = input.text("FunctionName")};
  auto qualifier = input.text("Qualifier");
  if (!qualifier.empty()) out.function += ":" + qualifier;
  WEIR_TRY(out.type, type_of(input.text("InvocationType", "RequestResponse")));
  out.client_context = input.text("ClientContext");
  WEIR_CHECK_OK(check_context(out.client_context));
  // AWS sends an empty object when the task says nothing.
  out.payload = input.find("Payload") ? *input.find("Payload") : Json::object();
  return out;
}

Json lambda_result(const LambdaRequest& request, Json payload, const std::string& request_id) {
  if (!request.enveloped) return payload;
  int status = status_of(request.type);
  Json out = Json::object();
  auto headers = Json::object();
  if (request.type == LambdaRequest::Type::request_response) {
    out.set("ExecutedVersion", std::string(functions::kLatest)).set("Payload", std::move(payload));
    headers.set("X-Amz-Executed-Version", std::string(functions::kLatest)).set("Content-Type", "application/json");
  }
  add_sdk_metadata(out, status, request_id, headers);
  out.set("StatusCode", status);
  return out;
}

}  // namespace weir::app
