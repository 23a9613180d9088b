// Where the records of organizations are in the store. Under "iam", so that the directory hears of them:
//
//   iam organizations ORG                          Organization
//   iam organization-units ORG OU                  OrganizationalUnit
//   iam organization-policies ORG POLICY           OrganizationPolicy
//   iam organization-members ACCOUNT               Membership
//   iam organization-invitations INVITATION        Invitation
//   iam organization-account-requests ORG REQUEST  AccountRequest
#pragma once
#include <string>
#include <string_view>

#include "names/arn.h"
#include "store/key.h"

namespace weir::identity::keys {

inline constexpr std::string_view kOrganizations = "organizations", kOrganizationUnits = "organization-units",
                                  kOrganizationPolicies = "organization-policies",
                                  kOrganizationMembers = "organization-members",
                                  kInvitations = "organization-invitations",
                                  kAccountRequests = "organization-account-requests";

template <class... Parts>
std::string organization_key(const Parts&... parts) {
  return store::key("iam", parts...);
}
inline std::string organization(std::string_view id) { return organization_key(kOrganizations, id); }
inline std::string units(std::string_view organization) { return organization_key(kOrganizationUnits, organization); }
inline std::string unit(std::string_view organization, std::string_view id) {
  return organization_key(kOrganizationUnits, organization, id);
}
inline std::string control_policies(std::string_view organization) {
  return organization_key(kOrganizationPolicies, organization);
}
inline std::string control_policy(std::string_view organization, std::string_view id) {
  return organization_key(kOrganizationPolicies, organization, id);
}
inline std::string members_of_organizations() { return organization_key(kOrganizationMembers); }
inline std::string membership(const names::AccountId& account) {
  return organization_key(kOrganizationMembers, account.text());
}
inline std::string invitations() { return organization_key(kInvitations); }
inline std::string invitation(std::string_view id) { return organization_key(kInvitations, id); }
inline std::string account_requests(std::string_view organization) {
  return organization_key(kAccountRequests, organization);
}
inline std::string account_request(std::string_view organization, std::string_view id) {
  return organization_key(kAccountRequests, organization, id);
}

}  // namespace weir::identity::keys
