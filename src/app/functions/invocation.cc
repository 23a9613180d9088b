#include "app/functions/invocation.h"

#include "app/executions/sdk_metadata.h"
#include "base/utf8.h"
#include "workflow/limits.h"

namespace weir::app {
namespace {

workflow::Failure failure(std::string error, std::string cause) {
  return {base::shortened(std::move(error), workflow::kErrorBytesMax),
          base::shortened(std::move(cause), workflow::kCauseBytesMax),
          {}};
}

}  // namespace

Invoked function_error(const std::string& type, const std::string& message) {
  return function_error(base::Json::object().set("errorType", type).set("errorMessage", message));
}

Invoked function_error(const base::Json& answer) {
  auto type = answer.text("errorType");
  if (!type.empty()) return {.failure = failure(type, answer.dump())};
  return {.failure = failure("Lambda.Unknown",
                             "The cause could not be determined because Lambda did not return an error type. Returned "
                             "payload: " +
                                 answer.dump())};
}

Invoked not_invoked(std::string error, const std::string& says, int status, const Invocation& invocation) {
  return {.failure = failure(std::move(error), sdk_cause(says, "Lambda", status, invocation.request_id))};
}

}  // namespace weir::app
