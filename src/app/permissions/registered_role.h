// The role a location was registered with: what Lake Formation acts as when it vends.
#pragma once
#include <optional>

#include "app/call.h"
#include "identity/credentials.h"
#include "vending/scope.h"

namespace weir::app {

// lakeformation.amazonaws.com assumes the role through the role's own trust policy, narrowed to `scope`.
// Refused (kind denied, with the reason) for service-linked registrations, a role that is gone, and a trust
// policy that does not allow the service.
base::Result<identity::Credentials> assume_registered_role(Call& call, const permissions::Location& location,
                                                           const vending::Scope& scope,
                                                           const std::vector<std::string>& permissions,
                                                           vending::VendingCall kind,
                                                           std::optional<int64_t> duration_s);

// What registration checks (lakeformation.md 7.27): may the service assume the role, and does the role reach
// the place? Says what is missing; empty when nothing is.
std::string check_registered_role(const Call& call, const std::string& role_arn, const names::S3Path& place);

}  // namespace weir::app
