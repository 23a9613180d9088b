// Somebody with proof becomes a role: the trust policy is asked, the credentials are made, both are recorded.
//
//   Becoming becoming(call, person, request);
//   WEIR_CHECK_OK(becoming.decide());
//   return becoming.finish();
//
// Threads: as the Calls.
#pragma once
#include <optional>

#include "app/call.h"
#include "identity/assume_role.h"

namespace weir::app {

class Becoming {
 public:
  // `person` asks, and has proved who it is; `call` records: the person's own, or that of whoever signed for it.
  // `request` has a sign_in.
  Becoming(Call& call, Call& person, identity::AssumeRoleRequest request)
      : call_(call), person_(person), request_(std::move(request)) {}

  // Asks the trust policy about each action. A denial is recorded.
  base::Status decide();
  base::Result<identity::AssumedRole> finish();

 private:
  std::string owner() const { return plan_->role->role.account.text(); }

  Call& call_;
  Call& person_;
  identity::AssumeRoleRequest request_;
  std::optional<identity::RolePlan> plan_;
};

}  // namespace weir::app
