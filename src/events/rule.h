// Rules: which events go to which targets.
//
// Threads: values and pure functions.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/record.h"
#include "events/names.h"
#include "events/retry_policy.h"

namespace weir::events {

inline constexpr size_t kRulesMax = 300;  // of an account, as on AWS
inline constexpr size_t kTargetsMax = 5;  // of a rule, as on AWS
// Deliveries that one PutEvents may ask for: an event alone always fits.
inline constexpr size_t kDeliveriesMax = kRulesMax * kTargetsMax;

struct InputTransformer {
  std::map<std::string, std::string> paths;
  std::string text;
};
WEIR_RECORD(InputTransformer, FIELD("InputPathsMap", &InputTransformer::paths),
            FIELD("InputTemplate", &InputTransformer::text))

// What a target adds to the call of its API destination.
struct TargetHttp {
  std::vector<std::string> path_values;
  std::map<std::string, std::string> headers;
  std::map<std::string, std::string> query;
};
WEIR_RECORD(TargetHttp, FIELD("PathParameterValues", &TargetHttp::path_values),
            FIELD("HeaderParameters", &TargetHttp::headers), FIELD("QueryStringParameters", &TargetHttp::query))

// Members as AWS spells them: a target is stored as it was put, and shown as it is stored.
struct Target {
  std::string id;
  std::string arn;
  std::optional<std::string> role_arn = {};
  std::optional<std::string> input = {};
  std::optional<std::string> input_path = {};
  std::optional<InputTransformer> transformer = {};
  std::optional<TargetHttp> http = {};
  std::optional<RetryPolicy> retry = {};
};
WEIR_RECORD(Target, FIELD("Id", &Target::id), FIELD("Arn", &Target::arn), FIELD("RoleArn", &Target::role_arn),
            FIELD("Input", &Target::input), FIELD("InputPath", &Target::input_path),
            FIELD("InputTransformer", &Target::transformer), FIELD("HttpParameters", &Target::http),
            FIELD("RetryPolicy", &Target::retry))

struct Rule {
  std::string account;
  std::string region;
  std::string name;
  std::string description;
  std::string pattern;
  bool enabled = true;
  std::vector<Target> targets;
  std::string arn() const { return rule_arn(region, account, name); }
  const Target* find(std::string_view id) const;
};
WEIR_RECORD(Rule, FIELD("Account", &Rule::account), FIELD("Region", &Rule::region), FIELD("Name", &Rule::name),
            FIELD("Description", &Rule::description), FIELD("Pattern", &Rule::pattern),
            FIELD("Enabled", &Rule::enabled), FIELD("Targets", &Rule::targets))

}  // namespace weir::events
