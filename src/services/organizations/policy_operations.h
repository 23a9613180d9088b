// Service control policies and what they are attached to.
#pragma once
#include "app/call.h"
#include "wire/organizations_operations.h"

namespace weir::services::organizations {

namespace w = wire::organizations;

base::Result<w::CreatePolicyResponse> create_policy(app::Call& call, const w::CreatePolicyRequest& in);
base::Result<w::UpdatePolicyResponse> update_policy(app::Call& call, const w::UpdatePolicyRequest& in);
base::Result<wire::Nothing> delete_policy(app::Call& call, const w::DeletePolicyRequest& in);
base::Result<w::DescribePolicyResponse> describe_policy(app::Call& call, const w::DescribePolicyRequest& in);
base::Result<w::ListPoliciesResponse> list_policies(app::Call& call, const w::ListPoliciesRequest& in);
base::Result<wire::Nothing> attach_policy(app::Call& call, const w::AttachPolicyRequest& in);
base::Result<wire::Nothing> detach_policy(app::Call& call, const w::DetachPolicyRequest& in);
base::Result<w::ListPoliciesForTargetResponse> list_policies_for_target(app::Call& call,
                                                                        const w::ListPoliciesForTargetRequest& in);
base::Result<w::ListTargetsForPolicyResponse> list_targets_for_policy(app::Call& call,
                                                                      const w::ListTargetsForPolicyRequest& in);
base::Result<w::EnablePolicyTypeResponse> enable_policy_type(app::Call& call, const w::EnablePolicyTypeRequest& in);
base::Result<w::DisablePolicyTypeResponse> disable_policy_type(app::Call& call, const w::DisablePolicyTypeRequest& in);

}  // namespace weir::services::organizations
