#include "app/sessions.h"

namespace weir::app {

base::Result<CallerIdentity> get_caller_identity(Call& call) {
  WEIR_CHECK_OK(call.record({.action = "sts:GetCallerIdentity"}));
  const auto& caller = call.caller().caller;
  return CallerIdentity{caller.user_id, caller.account, caller.arn};
}

base::Result<identity::AssumedRole> assume_role(Call& call, const identity::AssumeRoleRequest& request) {
  call.about("roleArn", request.role_arn);
  call.about("roleSessionName", request.session_name);
  auto& lake = call.lake();
  const auto& directory = call.state().directory;
  auto facts = call.context({.action = "sts:AssumeRole", .resource = request.role_arn});
  WEIR_TRY(auto plan, identity::plan_assume_role(call.caller(), request, directory, std::move(facts)));
  // The event belongs to the account of the role, as the role is what was asked for.
  auto owner = plan.role ? plan.role->role.account.text() : std::string();
  for (const auto& action : plan.actions) {
    auto decision = identity::decide(action, plan, call.caller(), directory);
    if (!decision.allowed()) return call.authorize({action, request.role_arn, owner}, decision).error();
  }
  WEIR_CHECK_OK(call.record({"sts:AssumeRole", request.role_arn, owner}));
  return identity::finish_assume_role(plan, directory, lake.keys, call.now(), lake.randomness);
}

base::Result<identity::Credentials> get_session_token(Call& call, std::optional<int64_t> duration_s) {
  auto& lake = call.lake();
  WEIR_CHECK_OK(call.record({.action = "sts:GetSessionToken"}));
  return identity::get_session_token(call.caller(), duration_s, lake.keys, call.now(), lake.randomness);
}

}  // namespace weir::app
