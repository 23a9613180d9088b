// What may be passed as session policies: their size, their form, and managed policies that are there.
//
// Threads: pure functions.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "identity/directory.h"

namespace weir::identity {

// limit_exceeded about "packed policy" beyond 2,048 characters; malformed_policy for what does not parse.
base::Status check_session_policies(const std::optional<std::string>& policy, const std::vector<std::string>& arns);
// Managed policies of AWS or of the account that are there.
base::Status check_session_policy_arns(const std::vector<std::string>& arns, const names::AccountId& account,
                                       const Directory& directory);
// Without white space, to keep tokens short.
std::string compact_policy(const std::string& policy);

}  // namespace weir::identity
