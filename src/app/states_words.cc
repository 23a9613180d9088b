#include "app/states_words.h"

namespace weir::app {

Ask states_ask(std::string_view verb, std::string resource, std::string owner) {
  Ask ask{.action = "states:" + std::string(verb), .resource = std::move(resource), .owner = std::move(owner)};
  return ask;
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
