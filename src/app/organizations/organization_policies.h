// Service control policies: made, changed, attached, listed.
//
// A change is in force for the next request of every account below what it is attached to.
//
// Threads: as the Call.
#pragma once
#include "app/organizations/organizations.h"

namespace weir::app {

struct ShownControlPolicy {
  identity::OrganizationPolicy policy;
  std::string arn;
};

struct ControlPolicyChange {
  std::optional<std::string> name = {};
  std::optional<std::string> description = {};
  std::optional<std::string> content = {};
};

base::Result<ShownControlPolicy> create_control_policy(Call& call, const identity::OrganizationPolicy& wanted);
base::Result<ShownControlPolicy> update_control_policy(Call& call, const std::string& id,
                                                       const ControlPolicyChange& change);
base::Status delete_control_policy(Call& call, const std::string& id);
base::Result<ShownControlPolicy> describe_control_policy(Call& call, const std::string& id);
base::Result<std::vector<ShownControlPolicy>> list_control_policies(Call& call);

base::Status attach_control_policy(Call& call, const std::string& id, const std::string& target);
base::Status detach_control_policy(Call& call, const std::string& id, const std::string& target);
base::Result<std::vector<ShownControlPolicy>> list_control_policies_of(Call& call, const std::string& target);
base::Result<std::vector<identity::OrganizationTarget>> list_targets_of(Call& call, const std::string& id);

// Of the root; both give the organization as it then is.
base::Result<identity::Organization> enable_control_policies(Call& call, const std::string& root);
base::Result<identity::Organization> disable_control_policies(Call& call, const std::string& root);

}  // namespace weir::app
