// Signing in: a password or its proof, then whatever else is asked, then tokens.
//
//   initiate   a flow begins: tokens, or a challenge
//   respond    a challenge is answered: tokens, or the next challenge
//   refresh    new tokens for a refresh token
//
// The order is always the same: the password, the code of a device, a password of one's own. What a temporary password
// or a missing code stands in the way of is not given before.
//
// Invariants:
//  1. Whoever is not there is answered as one whose password was wrong, at the same step and after the same work.
//  2. What is told beyond "wrong" (disabled, expired, to be reset) is told to who has proved the password.
//  3. Each success is recorded; what was refused leaves a line in the log.
//
// Threads: as the Call.
#pragma once
#include <map>
#include <optional>
#include <string>

#include "app/call.h"
#include "app/people/sign_in_tokens.h"

namespace weir::app {

struct SignInRequest {
  std::optional<std::string> pool = {};  // of an administrator, who needs the right to do it; nobody else names one
  std::string client;
  std::string name;  // of the flow or of the challenge
  std::string session = {};
  std::map<std::string, std::string> parameters = {};
};

struct SignInAnswer {
  std::string challenge = {};
  std::string session = {};
  std::map<std::string, std::string> parameters = {};
  std::optional<Tokens> tokens = {};
};

base::Result<SignInAnswer> initiate_sign_in(Call& call, const SignInRequest& request);
base::Result<SignInAnswer> respond_to_challenge(Call& call, const SignInRequest& request);

struct RefreshRequest {
  std::string client;
  std::string token;
  std::optional<std::string> client_secret = {};
};
base::Result<Tokens> refresh_tokens(Call& call, const RefreshRequest& request);
// Ends the sign-in of a refresh token. A token that is none ends nothing, and nobody is told.
base::Status revoke_token(Call& call, const RefreshRequest& request);

}  // namespace weir::app
