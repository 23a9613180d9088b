// What people do with their own account: with an access token, or with a code that was mailed to them.
//
// Invariants:
//  1. Who asks for a code is told the same whoever the name belongs to, and whether it belongs to anybody.
//  2. A password of one's own ends the other sign-ins; one that was forgotten ends all.
//
// Threads: as the Call.
#pragma once
#include <optional>
#include <string>

#include "app/people/sign_in_tokens.h"

namespace weir::app {

base::Result<people::Person> own_account(Call& call, const std::string& access_token);
base::Status update_own_attributes(Call& call, const std::string& access_token, const people::Attributes& attributes);
base::Status change_own_password(Call& call, const std::string& access_token, const base::Secret& previous,
                                 const base::Secret& proposed);
// All sign-ins.
base::Status sign_out_everywhere(Call& call, const std::string& access_token);

struct ForgottenPassword {
  std::string client;
  std::string username;
  std::string secret_hash = {};
};
base::Status forgot_password(Call& call, const ForgottenPassword& request);
base::Status confirm_forgot_password(Call& call, const ForgottenPassword& request, const std::string& code,
                                     const base::Secret& password);

// An authenticator app: its secret, which is shown once; a code of it; whether signing in asks for codes.
base::Result<base::Secret> associate_device(Call& call, const std::string& access_token);
base::Status verify_device(Call& call, const std::string& access_token, const std::string& code);
base::Status prefer_device(Call& call, const std::string& access_token, bool enabled);

}  // namespace weir::app
