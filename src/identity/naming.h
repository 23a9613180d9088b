// What IAM and STS accept as a name, a path, a session name and the like. The generated validator has
// checked the wire already; these are the domain's own rules, so that no other door can skip them.
//
// Threads: free functions without state.
#pragma once
#include <string_view>

#include "base/result.h"

namespace weir::identity {

base::Status check_user_name(std::string_view name);            // 1..64  [\w+=,.@-]
base::Status check_role_name(std::string_view name);            // 1..64
base::Status check_group_name(std::string_view name);           // 1..128
base::Status check_policy_name(std::string_view name);          // 1..128
base::Status check_saml_provider_name(std::string_view name);   // 1..128  [\w._-]
base::Status check_federated_user_name(std::string_view name);  // 2..32   [\w+=,.@-]
base::Status check_path(std::string_view path);                 // "/" or "/.../", 1..512, printable ASCII
base::Status check_role_session_name(std::string_view name);    // 2..64  [\w+=,.@-]
base::Status check_external_id(std::string_view id);            // 2..1224 [\w+=,.@:/-]
base::Status check_source_identity(std::string_view identity);  // 2..64, not starting with "aws:"

}  // namespace weir::identity
