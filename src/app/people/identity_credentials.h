// Tokens of people become credentials of a role: through an identity pool, and through the role's trust policy, which
// is asked as for any web identity (Federated: cognito-identity.amazonaws.com, with the condition keys
// cognito-identity.amazonaws.com:aud, :sub and :amr).
//
// Invariants:
//  1. A token counts for a pool that lists its user pool and client, while its sign-in lasts and the person is enabled.
//  2. An identity is of one person in one pool: nobody else's token opens it.
//  3. What role it is the pool says, never the caller alone; the role is of the pool's account, and its trust policy
//     has the last word.
//
//  4. A session is called as its person, so that the trail tells people apart. What depends on who it is asks the
//     identity, which nobody else can have, and not that name.
//
// Threads: as the Call.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "app/call.h"
#include "identity/credentials.h"

namespace weir::app {

// What its sessions say as the provider of their sign-in.
inline constexpr std::string_view kIdentityPools = "cognito-identity.amazonaws.com";

using Logins = std::map<std::string, std::string>;  // HOST/POOL -> id token

// The id of whom the token is about, the same each time.
base::Result<std::string> identity_of(Call& call, const std::string& identity_pool, const Logins& logins);

struct IdentityCredentialsRequest {
  std::string identity;
  Logins logins;
  std::optional<std::string> role = {};
};
base::Result<identity::Credentials> credentials_for_identity(Call& call, const IdentityCredentialsRequest& request);

}  // namespace weir::app
