#include "app/legacy_link.h"

#include "app/registered_functions.h"
#include "app/task_tokens.h"
#include "functions/function_records.h"

namespace weir::app {
namespace {

using functions::BuiltIn;
using functions::Function;

constexpr size_t kTokensKept = 16;  // sessions of the role, for the one call of a request

base::Status decide(const MachineRole& role, bool approved, const std::string& token) {
  WEIR_TRY(auto call, role.call("states", approved ? "SendTaskSuccess" : "SendTaskFailure", std::nullopt));
  return approved ? send_task_success(call, token, "{}") : send_task_failure(call, token, {});
}

LegacyAnswer update_state(const MachineRole& role, const std::string& action, const std::string& token) {
  bool sent = decide(role, action == "approve", token).ok();
  return sent ? LegacyAnswer{200, "OK\nResult:" + action} : LegacyAnswer{400, ""};
}

bool is_decision(const std::string& action, const std::string& token) {
  return (action == "approve" || action == "deny") && !token.empty();
}
const LegacyAnswer kInvalid{400, "Result: Invalid parameters"};

// The account's approver, the first by name when it has several.
base::Result<std::optional<Function>> approver_of(const Lake& lake, const std::string& token) {
  WEIR_TRY(auto tx, lake.store.begin(store::Mode::read));
  WEIR_TRY(auto held, executions::ExecutionRecords(*tx, lake.region, *lake.definitions).find_token(token));
  if (!held) return std::optional<Function>();
  WEIR_TRY(auto all, functions::FunctionRecords(*tx).all(held->id.account));
  for (auto& function : all)
    if (function.built_in == BuiltIn::activity_approver) return std::optional<Function>(std::move(function));
  return std::optional<Function>();
}

}  // namespace

LegacyAnswer legacy_update_state(Lake& lake, const std::string& action, const std::string& token) {
  if (!is_decision(action, token)) return kInvalid;
  auto function = approver_of(lake, token);
  if (!function.ok() || !*function) return {400, ""};
  functions::FunctionName name{lake.region, (*function)->account, (*function)->name, {}};
  identity::TokenCache tokens(kTokensKept);
  return update_state(MachineRole(lake, tokens, holder_of(**function, name.arn(), lake.clock.now())), action, token);
}

base::Result<Invoked> approve_activity(const BuiltInCall& call) {
  const auto& event = call.invocation.payload;
  auto action = property(event, {"queryStringParameters", "action"});
  if (action.failure) return action;
  auto parameters = property(event, {"queryStringParameters"}).payload;
  auto token = parameters.text("token");
  auto wanted = parameters.text("action");
  auto answer = is_decision(wanted, token) ? update_state(call.role, wanted, token) : kInvalid;
  return Invoked{.payload = base::Json::object().set("statusCode", answer.status).set("body", answer.body)};
}

}  // namespace weir::app
