// IAM's policy simulator.
#pragma once
#include "app/call.h"
#include "wire/iam_operations.h"

namespace weir::services::iam {

base::Result<wire::iam::SimulatePolicyResponse> simulate_principal_policy(
    app::Call& call, const wire::iam::SimulatePrincipalPolicyRequest& in);
base::Result<wire::iam::SimulatePolicyResponse> simulate_custom_policy(
    app::Call& call, const wire::iam::SimulateCustomPolicyRequest& in);
base::Result<wire::iam::GetContextKeysForPolicyResponse> context_keys_for_principal(
    app::Call& call, const wire::iam::GetContextKeysForPrincipalPolicyRequest& in);
base::Result<wire::iam::GetContextKeysForPolicyResponse> context_keys_for_custom(
    app::Call& call, const wire::iam::GetContextKeysForCustomPolicyRequest& in);

}  // namespace weir::services::iam
