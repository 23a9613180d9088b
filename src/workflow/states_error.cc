#include "workflow/states_error.h"

#include <algorithm>
#include <array>

#include "base/utf8.h"
#include "workflow/limits.h"

namespace weir::workflow {

bool is_reserved_error(std::string_view name) {
  static constexpr std::array<std::string_view, 18> kNames = {kStatesAll,
                                                              kTaskFailed,
                                                              kTimeout,
                                                              kHeartbeatTimeout,
                                                              kRuntime,
                                                              kParameterPathFailure,
                                                              kBranchFailed,
                                                              kResultPathMatchFailure,
                                                              kNoChoiceMatched,
                                                              kIntrinsicFailure,
                                                              kDataLimitExceeded,
                                                              kExceedToleratedFailureThreshold,
                                                              kQueryEvaluationError,
                                                              "States.Permissions",
                                                              "States.ItemReaderFailed",
                                                              "States.ResultWriterFailed",
                                                              "States.Http.Socket",
                                                              "States.Http.StatusCode"};
  if (name.starts_with("States.Http.StatusCode.")) return true;
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

base::Error states_error(const char* name, std::string cause) {
  return base::fail(base::Kind::invalid, std::move(cause), name);
}

base::Error path_miss(std::string cause) { return base::fail(base::Kind::not_found, std::move(cause), kRuntime); }

base::Error runtime_error(std::string cause) { return states_error(kRuntime, std::move(cause)); }

Failure to_failure(const base::Error& error) {
  bool ours = !error.about.starts_with("States.");
  return {ours ? kRuntime : error.about, base::shortened(error.says, kCauseBytesMax), {}};
}

}  // namespace weir::workflow
