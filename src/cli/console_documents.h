// The documents of a console: who may take its roles, and what its people may do.
//
// INVARIANT: the policy of WeirConsoleUser lets one ask. What is seen and given Lake Formation and the gates of the
// operations decide, for each person.
//
// Threads: pure functions.
#pragma once
#include <string>

#include "base/json.h"

namespace weir::cli {

// Whoever comes by that identity pool, with a token of a person.
base::Json trust_identity_pool(const std::string& identity_pool);
base::Json console_user_policy();

}  // namespace weir::cli
