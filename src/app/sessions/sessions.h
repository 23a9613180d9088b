// STS: who am I, becoming a role, temporary credentials for oneself or for somebody one knows. Signing in with an
// identity provider is federation.h.
#pragma once
#include <optional>

#include "app/call.h"
#include "identity/assume_role.h"
#include "identity/federation_token.h"
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

base::Result<identity::FederatedUser> get_federation_token(Call& call, const identity::FederationTokenRequest& request);

// The account an access key id was made for; every key id says it.
base::Result<std::string> get_access_key_info(Call& call, const std::string& access_key_id);

// A denial of this account in AWS's words, found by its decision id: what our denials carry for an encoded message.
base::Result<std::string> decode_authorization_message(Call& call, const std::string& message);

}  // namespace weir::app
