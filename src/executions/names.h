// Names and ARNs of the States service: machines with their versions and aliases, executions, activities, map runs.
//
// Parsed once at the edge. Errors are the service's own: invalid about "name" (InvalidName) and about "arn"
// (InvalidArn), in AWS's words.
//
// Threads: values and pure functions.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/record.h"
#include "base/result.h"

namespace weir::executions {

// 1 to 80 characters without white space, brackets, wildcards and what ARNs and shells read otherwise.
base::Status check_name(std::string_view name);
// The same, and not a number: a qualifier that is one names a version.
base::Status check_alias_name(std::string_view name);

// stateMachine:NAME, and behind it a version's number or an alias's name.
struct MachineName {
  std::string account;
  std::string name;
  std::string qualifier = {};  // empty: the machine as it is now
  bool is_version() const;
  bool operator==(const MachineName&) const = default;
};
base::Result<MachineName> parse_machine_arn(std::string_view arn);
std::string machine_arn(std::string_view region, const MachineName& machine);

// An execution, also as the store keeps it. `run` is its name; of an express execution name:uuid.
struct ExecutionId {
  std::string account;
  std::string machine;
  std::string run;
  bool is_express() const { return run.find(':') != std::string::npos; }
  std::string name() const { return run.substr(0, run.find(':')); }
  bool operator==(const ExecutionId&) const = default;
  auto operator<=>(const ExecutionId&) const = default;
};
WEIR_RECORD(ExecutionId, FIELD("Account", &ExecutionId::account), FIELD("Machine", &ExecutionId::machine),
            FIELD("Run", &ExecutionId::run))
base::Result<ExecutionId> parse_execution_arn(std::string_view arn);
std::string execution_arn(std::string_view region, const ExecutionId& id);

struct ActivityName {
  std::string account;
  std::string name;
};
base::Result<ActivityName> parse_activity_arn(std::string_view arn);
std::string activity_arn(std::string_view region, const ActivityName& activity);

// mapRun:MACHINE/LABEL:UUID; only distributed Maps make them.
// Answers the account.
base::Result<std::string> parse_map_run_arn(std::string_view arn);

base::Error invalid_arn(std::string_view why);

}  // namespace weir::executions
