// Permissions boundaries of users and roles. T: identity::User or Role.
#pragma once
#include <string>

#include "app/call.h"
#include "identity/policy_holder_records.h"

namespace weir::app {

template <class T>
base::Status put_boundary(Call& call, const std::string& holder, const std::string& policy_arn);
template <class T>
base::Status delete_boundary(Call& call, const std::string& holder);

}  // namespace weir::app
