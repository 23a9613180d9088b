// IAM operations on managed policies and their versions.
#pragma once
#include "services/iam/shapes.h"
#include "services/service.h"

namespace weir::services::iam {

base::Result<wire::iam::CreatePolicyResponse> create_policy(app::Call& call, const wire::iam::CreatePolicyRequest& in);
base::Result<wire::iam::GetPolicyResponse> get_policy(app::Call& call, const wire::iam::GetPolicyRequest& in);
base::Result<wire::Nothing> delete_policy(app::Call& call, const wire::iam::DeletePolicyRequest& in);
base::Result<wire::iam::ListPoliciesResponse> list_policies(app::Call& call, const wire::iam::ListPoliciesRequest& in);
base::Result<wire::iam::ListEntitiesForPolicyResponse> list_entities_for_policy(
    app::Call& call, const wire::iam::ListEntitiesForPolicyRequest& in);

base::Result<wire::iam::CreatePolicyVersionResponse> create_policy_version(
    app::Call& call, const wire::iam::CreatePolicyVersionRequest& in);
base::Result<wire::iam::GetPolicyVersionResponse> get_policy_version(app::Call& call,
                                                                     const wire::iam::GetPolicyVersionRequest& in);
base::Result<wire::Nothing> delete_policy_version(app::Call& call, const wire::iam::DeletePolicyVersionRequest& in);
base::Result<wire::iam::ListPolicyVersionsResponse> list_policy_versions(
    app::Call& call, const wire::iam::ListPolicyVersionsRequest& in);
base::Result<wire::Nothing> set_default_policy_version(app::Call& call,
                                                       const wire::iam::SetDefaultPolicyVersionRequest& in);

}  // namespace weir::services::iam
