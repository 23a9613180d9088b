#include "app/functions/legacy_link.h"

#include "app/executions/task_tokens.h"
#include "app/functions/registered_functions.h"
#include "approvals/approval_records.h"
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

LegacyAnswer answer_of(bool sent, const std::string& action) {
  return sent ? LegacyAnswer{200, "OK\nResult:" + action} : LegacyAnswer{400, ""};
}

bool is_decision(const std::string& action, const std::string& token) {
  return (action == "approve" || action == "deny") && !token.empty();
}
const LegacyAnswer kInvalid{400, "Result: Invalid parameters"};

// Whether people are asked about the task otherwise: then only they decide, as many as it needs.
base::Result<bool> has_open_approval(store::Transaction& tx, executions::ExecutionRecords& records,
                                     const executions::HeldToken& held) {
  WEIR_TRY(auto execution, records.find(held.id));
  if (!execution) return false;
  WEIR_TRY(auto approval, approvals::ApprovalRecords(tx).find_by_task({execution->arn, held.task}));
  return approval && approval->is_open();
}

// Those of the account whose token it is; none when it is nobody's, or an approval's.
base::Result<std::vector<Function>> approvers_of(const Lake& lake, const std::string& token) {
  WEIR_TRY(auto tx, lake.store.begin(store::Mode::read));
  executions::ExecutionRecords records(*tx, lake.region, *lake.definitions);
  WEIR_TRY(auto held, records.find_token(token));
  if (!held) return std::vector<Function>();
  WEIR_TRY(bool asked, has_open_approval(*tx, records, *held));
  if (asked) return std::vector<Function>();
  WEIR_TRY(auto all, functions::FunctionRecords(*tx).all(held->id.account));
  std::erase_if(all, [](const Function& function) { return function.built_in != BuiltIn::activity_approver; });
  return all;
}

// As one approver after another until a role may decide.
bool decide_as_any(Lake& lake, const std::vector<Function>& approvers, bool approved, const std::string& token) {
  identity::TokenCache tokens(kTokensKept);
  for (const auto& function : approvers) {
    functions::FunctionName name{lake.region, function.account, function.name, {}};
    MachineRole role(lake, tokens, holder_of(function, name.arn(), lake.clock.now()));
    auto sent = decide(role, approved, token);
    if (sent.ok() || sent.error().kind != base::Kind::denied) return sent.ok();
  }
  return false;
}

}  // namespace

LegacyAnswer legacy_update_state(Lake& lake, const std::string& action, const std::string& token) {
  if (!is_decision(action, token)) return kInvalid;
  auto approvers = approvers_of(lake, token);
  bool sent = approvers.ok() && decide_as_any(lake, *approvers, action == "approve", token);
  return answer_of(sent, action);
}

base::Result<Invoked> approve_activity(const BuiltInCall& call) {
  const auto& event = call.invocation.payload;
  auto action = property(event, {"queryStringParameters", "action"});
  if (action.failure) return action;
  auto parameters = property(event, {"queryStringParameters"}).payload;
  auto token = parameters.text("token");
  auto wanted = parameters.text("action");
  auto answer = kInvalid;
  if (is_decision(wanted, token)) answer = answer_of(decide(call.role, wanted == "approve", token).ok(), wanted);
  return Invoked{.payload = base::Json::object().set("statusCode", answer.status).set("body", answer.body)};
}

}  // namespace weir::app
