// Managed policies attached to users, groups and roles. T: identity::User, Group or Role.
#pragma once
#include <string>

#include "app/call.h"
#include "identity/policy_holder_records.h"

namespace weir::app {

struct Attachment {
  std::string name;
  std::string arn;
};

template <class T>
base::Status attach_policy(Call& call, const std::string& holder, const std::string& policy_arn);
template <class T>
base::Status detach_policy(Call& call, const std::string& holder, const std::string& policy_arn);
// The page's path prefix is that of the policies.
template <class T>
base::Result<identity::Page<Attachment>> list_attached_policies(Call& call, const std::string& holder,
                                                                const identity::PageRequest& page);

}  // namespace weir::app
