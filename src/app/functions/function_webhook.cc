#include "app/functions/function_webhook.h"

#include <algorithm>

#include "app/functions/registered_functions.h"
#include "notifications/webhook_signature.h"
#include "workflow/limits.h"
#include "workflow/values.h"

namespace weir::app {
namespace {

using namespace std::chrono_literals;
using notifications::WebhookAnswer;
using notifications::WebhookPost;

constexpr char kServiceException[] = "Lambda.ServiceException";

// As long as the function may take, and no longer than somebody waits.
std::chrono::milliseconds patience_of(const Invocation& invocation, base::Instant now) {
  auto wanted = std::chrono::milliseconds(std::chrono::seconds(invocation.function.timeout_s));
  auto left = std::chrono::duration_cast<std::chrono::milliseconds>(invocation.deadline - now);
  return std::clamp(left, std::chrono::milliseconds(1s), wanted);
}

// Names of executions may have characters that headers do not.
std::string header_text(std::string_view text) {
  std::string out;
  for (char c : text) out += c > 0x20 && c < 0x7f ? std::string(1, c) : base::uri_encode({&c, 1});
  return out;
}

base::Result<WebhookPost> post_of(const Lake& lake, const Invocation& invocation) {
  WEIR_TRY(auto secret, secret_of(lake, invocation.function));
  WebhookPost post;
  post.url = invocation.function.url;
  post.body = invocation.payload.dump();
  post.patience = patience_of(invocation, lake.clock.now());
  post.answer_bytes_max = workflow::kPayloadBytesMax;
  post.secure_only = true;  // payloads hold task tokens
  post.headers = {{"Content-Type", "application/json"},
                  {"User-Agent", "Weir"},
                  {"X-Weir-Function", invocation.arn},
                  {"X-Weir-Execution", header_text(invocation.execution)},
                  {"X-Weir-Idempotency-Key", invocation.idempotency_key}};
  if (!invocation.client_context.empty()) post.headers.emplace_back("X-Weir-Client-Context", invocation.client_context);
  sign_webhook(post, secret, lake.clock.now());
  return post;
}

Invoked timed_out(const Invocation& invocation) {
  return function_error("Sandbox.Timedout", "RequestId: " + invocation.request_id + " Error: Task timed out after " +
                                                std::to_string(invocation.function.timeout_s) + ".00 seconds");
}

// Why nobody answered is not told: where it is allowed to connect to is not for callers to find out.
Invoked unanswered(const Invocation& invocation, const base::Error& error, bool waited) {
  if (error.kind == base::Kind::limit_exceeded)
    return {.failure = workflow::Failure{workflow::kDataLimitExceeded,
                                         "The function '" + invocation.arn +
                                             "' returned a result with a size exceeding the maximum number of bytes "
                                             "service limit.",
                                         {}}};
  if (error.kind == base::Kind::invalid)
    return not_invoked("Lambda.Unknown", "The function's endpoint cannot be called: " + error.says + ".", 400,
                       invocation);
  if (waited) return timed_out(invocation);
  return not_invoked(kServiceException, "The function's endpoint cannot be reached.", 500, invocation);
}

Invoked refused(const Invocation& invocation, int status) {
  auto says = "The function's endpoint answered with status " + std::to_string(status) + ".";
  if (status == 429) return not_invoked("Lambda.TooManyRequestsException", says, 429, invocation);
  if (status / 100 == 5) return not_invoked(kServiceException, says, 500, invocation);
  if (status / 100 == 3) says += " Redirects are not followed.";
  return not_invoked("Lambda.Unknown", says, status, invocation);
}

bool says_error(const base::Json& json) {
  auto* type = json.find("errorType");
  auto* message = json.find("errorMessage");
  return type && type->as_string() && message && message->as_string();
}

Invoked answered(const Invocation& invocation, const WebhookAnswer& answer) {
  if (answer.status / 100 != 2) return refused(invocation, answer.status);
  bool marked = !answer.header("X-Weir-Function-Error").empty();
  if (answer.body.empty() && !marked) return {};
  auto json = answer.body.empty() ? base::Result<base::Json>(base::Json()) : workflow::parse_payload(answer.body);
  if (!json.ok() || workflow::json_depth(*json) > workflow::kPayloadDepthMax)
    return not_invoked("Lambda.Unknown", "The function's endpoint answered with what is no JSON value.", 200,
                       invocation);
  if (marked || says_error(*json)) return function_error(*json);
  return {.payload = std::move(*json)};
}

}  // namespace

base::Result<Invoked> invoke_webhook(const Lake& lake, notifications::WebhookSender& sender,
                                     const Invocation& invocation) {
  WEIR_TRY(auto post, post_of(lake, invocation));
  auto began = std::chrono::steady_clock::now();
  auto answer = sender.post(post);
  bool waited = std::chrono::steady_clock::now() - began >= post.patience;
  if (!answer.ok() && answer.error().kind == base::Kind::internal) return std::move(answer).error();
  if (!answer.ok()) return unanswered(invocation, answer.error(), waited);
  return answered(invocation, *answer);
}

}  // namespace weir::app
