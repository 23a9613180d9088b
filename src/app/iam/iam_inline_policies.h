// Policies written into one user, group or role. T: identity::User, Group or Role.
#pragma once
#include <string>

#include "app/call.h"
#include "identity/policy_holder_records.h"

namespace weir::app {

template <class T>
base::Status put_inline_policy(Call& call, const std::string& holder, const std::string& name,
                               const std::string& document);
template <class T>
base::Result<std::string> get_inline_policy(Call& call, const std::string& holder, const std::string& name);
template <class T>
base::Status delete_inline_policy(Call& call, const std::string& holder, const std::string& name);
template <class T>
base::Result<identity::Page<std::string>> list_inline_policies(Call& call, const std::string& holder,
                                                               const identity::PageRequest& page);

}  // namespace weir::app
