#include "permissions/sharing.h"

#include "base/text.h"
#include "permissions/grant_rules.h"

namespace weir::permissions {
namespace {

using base::Status;

base::Error not_shared(std::string why) {
  return base::invalid("Permissions modification is invalid. " + std::move(why), "permission");
}

bool is_organizational(const Principal& principal) {
  return principal.kind() == PrincipalKind::organization || principal.kind() == PrincipalKind::organizational_unit;
}

bool is_of_tags(const Resource& resource) {
  return resource.kind == ResourceKind::lf_tag || resource.kind == ResourceKind::lf_tag_policy ||
         resource.kind == ResourceKind::lf_tag_expression;
}

Status check_version(const GrantRequest& request, int version) {
  auto needs = [&](std::string_view what, int least) -> Status {
    if (version >= least) return {};
    return not_shared(std::string(what) + " need CROSS_ACCOUNT_VERSION " + std::to_string(least) +
                      " or above; the data lake settings of the account say " + std::to_string(version) + ".");
  };
  if (is_organizational(request.principal) && is_of_tags(request.resource))
    return needs("Grants on LF-Tags to an organization or organizational unit", kVersionOfSharedTags);
  if (request.principal.is_iam() || request.principal.is_saml())
    return needs("Grants to principals of other accounts", kVersionOfDirectShares);
  return {};
}

Status check_holder(const Principal& principal, const std::string& owner) {
  if (principal.kind() == PrincipalKind::account && principal.account() == owner)
    return not_shared("Account " + owner + " owns the resource; grant to one of its principals.");
  if (principal.kind() == PrincipalKind::account_iam_principals)
    return not_shared("What all IAM principals of an account hold is granted inside that account; share with " +
                      principal.account() + ".");
  return {};
}

// TRB's words for it; the group makes the resource everybody's who IAM allows, and IAM is another account's there.
Status check_open(const GrantRequest& request, const GrantFacts& facts) {
  if (!facts.everybody_holds || facts.cross_account_version >= kVersionOfHybridResources) return {};
  return base::invalid(
      "Insufficient Lake Formation permissions: Illegal combination. IAM_ALLOWED_PRINCIPALS holds permissions on " +
          request.resource.text() + "; revoke them, or set CROSS_ACCOUNT_VERSION to 4 or above.",
      "permission");
}

}  // namespace

PrivilegeSet shareable(Level level) {
  switch (level) {
    case Level::catalog:
    case Level::nested_catalog:
    case Level::link: return {};
    case Level::database:
    case Level::tag_policy_database:
      return valid_at(level) - PrivilegeSet{Privilege::all, Privilege::drop, Privilege::super_user};
    case Level::lf_tag:
    case Level::lf_tag_values: return {Privilege::describe, Privilege::associate};
    case Level::lf_tag_expression: return {Privilege::describe};
    case Level::table:
    case Level::view:
    case Level::columns:
    case Level::data_cells_filter:
    case Level::data_location:
    case Level::tag_policy_table: break;
  }
  return valid_at(level) - PrivilegeSet{Privilege::super_user};
}

bool is_shared(const Principal& principal, const Resource& resource, std::string_view local_to) {
  if (!local_to.empty() || principal.kind() == PrincipalKind::iam_allowed_principals) return false;
  return is_organizational(principal) || principal.kind() == PrincipalKind::account ||
         ((principal.is_iam() || principal.is_saml() || principal.kind() == PrincipalKind::account_iam_principals) &&
          principal.account() != resource.catalog);
}

Status check_share(const GrantRequest& request, const GrantFacts& facts) {
  WEIR_CHECK_OK(check_holder(request.principal, request.resource.catalog));
  auto level = level_of(request.resource, facts.table);
  if (level == Level::link) return not_shared("A resource link is not shared; share what it points to.");
  auto wrong = (request.privileges | request.grant_option) - shareable(level);
  if (!wrong.empty())
    return not_shared(wrong.text() + " on " + std::string(name_of(level)) +
                      " cannot be granted to other accounts; what can: " + shareable(level).text() + ".");
  if (!base::trim(request.condition).empty())
    return not_shared("Permissions of other accounts have no condition: the tags it asks about are theirs to set.");
  WEIR_CHECK_OK(check_version(request, facts.cross_account_version));
  return check_open(request, facts);
}

Status check_passing_on(const GrantRequest& request) {
  bool inside = request.principal.account() == request.local_to && request.principal.kind() != PrincipalKind::account &&
                check_grantable(request.principal, request.local_to).ok();
  if (inside) return {};
  return base::denied("Not authorized to grant permissions for the resource: " + request.resource.text() +
                          " belongs to account " + request.resource.catalog + "; account " + request.local_to +
                          " passes it on to principals of its own, and to nobody else.",
                      "access");
}

}  // namespace weir::permissions
