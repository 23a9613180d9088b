#include "app/organizations/memberships.h"

namespace weir::app {

bool OrganizationMemberships::are_together(std::string_view account, std::string_view other) const {
  const auto* one = organizations_.organization_of(account);
  return one && one == organizations_.organization_of(other);
}

bool OrganizationMemberships::sharing_enabled(std::string_view account) const {
  const auto* organization = organizations_.organization_of(account);
  return organization && organization->trusted_services.contains(std::string(kSharingService));
}

bool OrganizationMemberships::contains(std::string_view arn, std::string_view account) const {
  return organizations_.contains(arn, account);
}

bool OrganizationMemberships::is_own_organization(std::string_view arn, std::string_view account) const {
  const auto* organization = organizations_.organization_of(account);
  if (!organization) return false;
  auto units = identity::unit_arn(*organization, "");
  return arn == organization->arn() || (arn.starts_with(units) && arn.size() > units.size());
}

}  // namespace weir::app
