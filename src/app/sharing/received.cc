#include "app/sharing/received.h"

#include "app/organizations/memberships.h"
#include "permissions/gathering.h"

namespace weir::app {

permissions::Received received_from(const State& state, std::string_view owner, const permissions::Caller& caller) {
  const auto& organizations = state.directory.organizations();
  permissions::Received out;
  auto received =
      state.shares.received(owner, caller.account, caller.principals, OrganizationMemberships(organizations));
  out.shares = std::move(received.by_account);
  out.own_shares = std::move(received.by_principals);
  if (!out.any()) return out;
  out.as = organizations.arns_above(caller.account);
  out.as.push_back(caller.account);
  const auto& settings = state.permissions(caller.account).settings();
  out.administrator = permissions::is_admin(caller, settings);
  out.read_only_administrator = permissions::is_read_only_admin(caller, settings);
  return out;
}

bool is_of_catalog(std::string_view action) {
  return action.starts_with("glue:") || action.starts_with("lakeformation:");
}

const policy::NamedPolicy* catalog_policy(const permissions::Caller& caller, std::string_view action) {
  static const policy::NamedPolicy shared{
      "AWS RAM resource share",
      policy::load_policy(R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*",)"
                          R"("Action":["glue:*","lakeformation:*"],"Resource":"*"}]})",
                          policy::PolicyKind::resource)};
  return is_of_catalog(action) && caller.received.any() ? &shared : nullptr;
}

}  // namespace weir::app
