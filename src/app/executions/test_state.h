// TestState: one state tried with an input, by the role given or against a mock.
//
// Errors: invalid about "definition", "input" and "validation"; denied.
//
// Threads: as the Call.
#pragma once
#include "app/executions/states_words.h"
#include "executions/state_trial.h"

namespace weir::app {

struct TestStateRequest {
  std::string definition;
  std::string state_name;
  std::optional<std::string> role_arn;
  std::optional<std::string> input;
  std::optional<std::string> variables;
  std::optional<std::string> mock_result;
  std::optional<workflow::Failure> mock_error;
  int64_t retry_count = 0;
  bool reveal_secrets = false;
};

// Nothing is kept of it. Without a mock the task is called, as the role, which the caller must be allowed to pass.
base::Result<executions::StateAnswer> test_state(Call& call, const TestStateRequest& request);

}  // namespace weir::app
