#include "services/states/test_operations.h"

#include "app/executions/test_state.h"
#include "services/states/shapes.h"

namespace weir::services::states {
namespace {

app::TestStateRequest request_of(const w::TestStateInput& in) {
  app::TestStateRequest out;
  out.definition = *in.definition;
  out.state_name = in.stateName.value_or("");
  out.role_arn = in.roleArn;
  out.input = in.input;
  out.variables = in.variables;
  out.reveal_secrets = in.revealSecrets.value_or(false);
  if (in.stateConfiguration) out.retry_count = in.stateConfiguration->retrierRetryCount.value_or(0);
  if (!in.mock) return out;
  out.mock_result = in.mock->result;
  if (in.mock->errorOutput) out.mock_error = {in.mock->errorOutput->error, in.mock->errorOutput->cause, {}};
  return out;
}

std::string word_of(executions::StateAnswer::Status status) {
  using Status = executions::StateAnswer::Status;
  switch (status) {
    case Status::succeeded: return "SUCCEEDED";
    case Status::failed: return "FAILED";
    case Status::retriable: return "RETRIABLE";
    case Status::caught_error: return "CAUGHT_ERROR";
  }
  return "";
}

}  // namespace

base::Result<w::TestStateOutput> test(app::Call& call, const w::TestStateInput& in) {
  if (in.mock && in.mock->result && in.mock->errorOutput)
    return base::invalid("A mock has either a result or an error output", "validation");
  WEIR_TRY(auto answer, app::test_state(call, request_of(in)));
  w::TestStateOutput out;
  out.status = word_of(answer.status);
  if (answer.output) out.output = answer.output->dump();
  out.error = answer.failure.error;
  out.cause = answer.failure.cause;
  if (!answer.next_state.empty()) out.nextState = answer.next_state;
  if (in.inspectionLevel.value_or("INFO") != "INFO")
    out.inspectionData = given_back<w::InspectionData>(answer.inspection);
  return out;
}

}  // namespace weir::services::states
