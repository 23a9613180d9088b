// STS: who am I, becoming a role, and temporary credentials for oneself.
#pragma once
#include <optional>

#include "app/call.h"
#include "identity/assume_role.h"
#include "identity/session_token.h"

namespace weir::app {

struct CallerIdentity {
  std::string user_id;
  std::string account;
  std::string arn;
};
base::Result<CallerIdentity> get_caller_identity(Call& call);

base::Result<identity::AssumedRole> assume_role(Call& call, const identity::AssumeRoleRequest& request);

base::Result<identity::Credentials> get_session_token(Call& call, std::optional<int64_t> duration_s);

}  // namespace weir::app
