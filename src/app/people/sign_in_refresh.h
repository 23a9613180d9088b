// Sign-ins that last: renewed and ended by their refresh tokens.
//
// Threads: as the Call.
#pragma once
#include <string>

#include "app/people/sign_in_tokens.h"

namespace weir::app {

// New tokens. `secret_hash`: of clients that have a secret.
base::Result<Tokens> renew(Call& call, const ClientOfPool& by, const std::string& token,
                           const std::string& secret_hash);

}  // namespace weir::app
