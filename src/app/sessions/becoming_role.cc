#include "app/sessions/becoming_role.h"

#include "app/sessions/issued_credentials.h"

namespace weir::app {

base::Status Becoming::decide() {
  const auto& directory = person_.state().directory;
  auto facts = person_.context({.action = request_.sign_in->action, .resource = request_.role_arn});
  WEIR_TRY(plan_, identity::plan_assume_role(person_.caller(), request_, directory, std::move(facts)));
  for (const auto& action : plan_->actions) {
    auto decision = identity::decide(action, *plan_, person_.caller(), directory);
    if (!decision.allowed()) return call_.authorize({action, request_.role_arn, owner()}, decision).error();
  }
  return {};
}

base::Result<identity::AssumedRole> Becoming::finish() {
  auto& lake = call_.lake();
  auto role = identity::finish_assume_role(*plan_, person_.state().directory, lake.keys, call_.now(), lake.randomness);
  if (role.ok()) tell_issued(call_, *role);
  WEIR_CHECK_OK(call_.record({request_.sign_in->action, request_.role_arn, owner()}));
  return role;
}

}  // namespace weir::app
