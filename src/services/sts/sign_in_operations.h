// Signing in with a company's identity provider.
#pragma once
#include "app/call.h"
#include "identity/credentials.h"
#include "wire/sts_operations.h"

namespace weir::services::sts {

std::vector<std::string> policy_arns(const wire::List<wire::sts::PolicyDescriptorType>& policies);
wire::sts::Credentials to_wire(const identity::Credentials& from);

base::Result<wire::sts::AssumeRoleWithSAMLResponse> assume_role_with_saml(
    app::Call& call, const wire::sts::AssumeRoleWithSAMLRequest& in);
base::Result<wire::sts::AssumeRoleWithWebIdentityResponse> assume_role_with_web_identity(
    app::Call& call, const wire::sts::AssumeRoleWithWebIdentityRequest& in);

}  // namespace weir::services::sts
