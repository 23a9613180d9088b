#include "app/executions/states_words.h"

namespace weir::app {

Ask states_ask(std::string_view verb, std::string resource, std::string owner) {
  Ask ask{.action = "states:" + std::string(verb), .resource = std::move(resource), .owner = std::move(owner)};
  return ask;
}

namespace {

template <class Name>
base::Result<Name> here(base::Result<Name> name, const std::string& given,
                        std::string (*spell)(std::string_view, const Name&), const std::string& region) {
  if (!name.ok() || spell(region, *name) == given) return name;
  return executions::invalid_arn("Invalid ARN prefix: " + given);
}

}  // namespace

base::Result<executions::MachineName> machine_here(const Call& call, const std::string& arn) {
  return here(executions::parse_machine_arn(arn), arn, executions::machine_arn, call.lake().region);
}

base::Result<executions::ExecutionId> execution_here(const Call& call, const std::string& arn) {
  return here(executions::parse_execution_arn(arn), arn, executions::execution_arn, call.lake().region);
}

base::Result<executions::ActivityName> activity_here(const Call& call, const std::string& arn) {
  return here(executions::parse_activity_arn(arn), arn, executions::activity_arn, call.lake().region);
}

executions::ExecutionRecords execution_records(const Call& call, store::Transaction& tx,
                                               executions::StepsAhead* ahead) {
  auto* definitions = call.lake().definitions;
  CHECK_TRUE(definitions, "a program that serves state machines keeps their definitions");
  return {tx, call.lake().region, *definitions, ahead};
}

std::string states_token(std::string_view key) { return base::base64url(key); }

base::Result<std::string> key_in_states_token(std::string_view token, std::string_view prefix) {
  if (token.empty()) return std::string();
  auto key = base::unbase64url(token);
  if (key.ok() && key->starts_with(prefix)) return std::move(*key);
  return base::invalid("Invalid Token: 'Invalid token'", "token");
}

}  // namespace weir::app
