// Signing in with SAML as a principal of Lake Formation.
#pragma once
#include "app/call.h"
#include "wire/lakeformation_operations.h"

namespace weir::services {

base::Result<wire::lakeformation::AssumeDecoratedRoleWithSAMLResponse> assume_decorated_role_with_saml(
    app::Call& call, const wire::lakeformation::AssumeDecoratedRoleWithSAMLRequest& in);

}  // namespace weir::services
