// The reserved error names of the language, and how an evaluation says one of them.
//
// Inside this floor a failed evaluation is a base::Error: `about` is the States.* name, `says` the cause.
// Kind::not_found marks a path that selects nothing; of an expression in JSONata `log` is the field it stands in. A Failure is the same as a value of an execution:
// tasks may fail without a name or a cause.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/record.h"
#include "base/result.h"

namespace weir::workflow {

inline constexpr char kStatesAll[] = "States.ALL";
inline constexpr char kTaskFailed[] = "States.TaskFailed";
inline constexpr char kTimeout[] = "States.Timeout";
inline constexpr char kHeartbeatTimeout[] = "States.HeartbeatTimeout";
inline constexpr char kRuntime[] = "States.Runtime";
inline constexpr char kParameterPathFailure[] = "States.ParameterPathFailure";
inline constexpr char kResultPathMatchFailure[] = "States.ResultPathMatchFailure";
inline constexpr char kBranchFailed[] = "States.BranchFailed";
inline constexpr char kNoChoiceMatched[] = "States.NoChoiceMatched";
inline constexpr char kIntrinsicFailure[] = "States.IntrinsicFailure";
inline constexpr char kDataLimitExceeded[] = "States.DataLimitExceeded";
inline constexpr char kExceedToleratedFailureThreshold[] = "States.ExceedToleratedFailureThreshold";
inline constexpr char kQueryEvaluationError[] = "States.QueryEvaluationError";

// True for the names that begin with "States." and that the language knows.
bool is_reserved_error(std::string_view name);

base::Error states_error(const char* name, std::string cause);
base::Error path_miss(std::string cause);  // States.Runtime, Kind::not_found
base::Error runtime_error(std::string cause);

struct Failure {
  std::optional<std::string> error;
  std::optional<std::string> cause;
  std::string also;  // a second name that Retry and Catch may call it by; empty for most
};
WEIR_RECORD(Failure, FIELD("Error", &Failure::error), FIELD("Cause", &Failure::cause), FIELD("Also", &Failure::also))

// The value of an evaluation that failed. What is no States.* error (our own fault) says nothing but its name.
Failure to_failure(const base::Error& error);

}  // namespace weir::workflow
