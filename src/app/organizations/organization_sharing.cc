#include "app/organizations/organization_sharing.h"

#include "app/iam/iam_targets.h"
#include "app/organizations/memberships.h"
#include "app/organizations/organizations.h"
#include "app/sharing/share_joining.h"
#include "identity/role_records.h"

namespace weir::app {
namespace {

// What is done on the caller's behalf, it must be allowed to do.
std::vector<Ask> asks_of(const names::AccountId& account) {
  Ask trust{.action = "organizations:EnableAWSServiceAccess"};
  trust.extra.set("organizations:ServicePrincipal", std::string(kSharingService));
  Ask role{.action = "iam:CreateServiceLinkedRole",
           .resource = names::role_arn(
               account, std::string(identity::kServiceRolePath).append(kSharingService).append("/"), "*")};
  role.extra.set("iam:AWSServiceName", std::string(kSharingService));
  return {{.action = "ram:EnableSharingWithAwsOrganization"}, std::move(trust), std::move(role)};
}

base::Status make_role(Call& call, store::Transaction& tx, const names::AccountId& account) {
  identity::RoleRecords roles(tx, account);
  WEIR_TRY(bool there, roles.has_service_linked(kSharingService));
  if (there) return {};
  WEIR_CHECK_OK(roles.create_service_linked(kSharingService, "", call.now(), call.lake().randomness));
  return {};
}

}  // namespace

base::Status enable_sharing_in_organization(Call& call) {
  WEIR_TRY(auto account, own_account(call));
  WEIR_CHECK_OK(authorize_all(call, asks_of(account)));
  const auto* organization = call.state().directory.organizations().organization_of(account.text());
  if (!organization || organization->management != account)
    return sharing_not_permitted("Only the management account of an organization can enable sharing in it.");
  return change_organization(call, *organization, [&](auto& records, auto& tx) -> base::Status {
    auto changed = records.organization();
    if (changed.management != account)
      return sharing_not_permitted("Only the management account of an organization can enable sharing in it.");
    changed.trusted_services.emplace(kSharingService, call.now());  // since when it was first enabled
    WEIR_CHECK_OK(records.save_organization(std::move(changed)));
    return make_role(call, tx, account);
  });
}

}  // namespace weir::app
