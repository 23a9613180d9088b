#include "app/grants.h"

#include "app/data_lake_settings.h"
#include "app/grant_facts.h"
#include "base/text.h"
#include "permissions/can_grant.h"

namespace weir::app {
namespace {

using permissions::GrantPlan;
using permissions::GrantRequest;
using permissions::PrivilegeSet;

// A request that is read but for its resource.
struct Read {
  permissions::Principal principal;
  PrivilegeSet privileges;
  PrivilegeSet grant_option;
  std::string condition;

  GrantRequest on(const permissions::Resource& resource) const {
    return {principal, resource, privileges, grant_option, condition};
  }
};

base::Result<Read> read(const GrantInput& input) {
  WEIR_TRY(auto principal, permissions::Principal::parse(input.principal));
  WEIR_TRY(auto privileges, permissions::parse_privileges(input.privileges));
  WEIR_TRY(auto option, permissions::parse_privileges(input.grant_option));
  return Read{std::move(principal), privileges, option, std::string(base::trim(input.condition))};
}

std::string text_of(const std::vector<permissions::Resource>& resources) {
  std::vector<std::string> texts;
  for (const auto& resource : resources) texts.push_back(resource.text());
  return base::join(texts, ", ");
}

base::Status check_grantee(const Call& call, const permissions::Principal& principal, const std::string& catalog) {
  WEIR_CHECK_OK(permissions::check_grantable(principal, catalog));
  const auto& directory = call.state().directory;
  bool there = !principal.is_iam() || directory.find_id(principal.text());
  // Who is behind a SAML provider only the provider knows.
  if (principal.is_saml()) {
    auto account = names::AccountId::parse(principal.account());
    there = account.ok() && directory.has_saml_provider(*account, principal.saml_provider());
  }
  if (!there)
    return base::invalid("Invalid principal: " + principal.text() + " does not exist in this account.", "principal");
  return {};
}

base::Status authorize_change(Call& call, std::string_view action, const GrantInput& input) {
  if (input.resources.empty()) return base::internal("a grant on nothing");
  const auto& catalog = input.resources.front().catalog;
  call.about("principal", input.principal);
  call.about("resource", text_of(input.resources));
  if (!input.condition.empty()) call.about("condition", input.condition);
  call.about("permissions", base::to_json(input.privileges));
  Ask ask{std::string(action)};
  WEIR_CHECK_OK(check_own_catalog(call, ask, catalog));
  return call.authorize(ask, [&]() -> std::optional<Refusal> {
    auto privileges = permissions::parse_privileges(input.privileges);
    auto option = permissions::parse_privileges(input.grant_option);
    auto asked = (privileges ? *privileges : PrivilegeSet()) | (option ? *option : PrivilegeSet());
    for (const auto& resource : input.resources) {
      auto verdict = permissions::can_grant({call.lake_caller(catalog), resource, asked}, call.state().permissions(catalog));
      if (!verdict.allowed()) return Refusal{"grant option", base::denied(verdict.says, "access")};
    }
    return std::nullopt;
  });
}

base::Status carry_out(store::Transaction& tx, const GrantPlan& plan) {
  for (const auto& grant : plan.erase) WEIR_CHECK_OK(permissions::erase_grant(tx, grant));
  for (const auto& grant : plan.put) WEIR_CHECK_OK(permissions::put_grant(tx, grant));
  return {};
}

}  // namespace

base::Result<std::vector<std::string>> grant_permissions(Call& call, const GrantInput& input) {
  WEIR_CHECK_OK(authorize_change(call, "lakeformation:GrantPermissions", input));
  WEIR_TRY(auto read, app::read(input));
  WEIR_CHECK_OK(check_grantee(call, read.principal, input.resources.front().catalog));
  std::vector<std::string> notices;
  WEIR_CHECK_OK(store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    notices.clear();
    for (const auto& resource : input.resources) {
      auto request = read.on(resource);
      WEIR_TRY(auto known, known_of(call, tx, request));
      WEIR_CHECK_OK(check_there(call, tx, request, known));
      WEIR_TRY(auto plan, permissions::plan_grant(request, known.facts));
      notices.insert(notices.end(), plan.notices.begin(), plan.notices.end());
      WEIR_CHECK_OK(carry_out(tx, plan));
    }
    return {};
  }));
  for (const auto& one : notices) call.notice(one);
  return notices;
}

base::Status revoke_permissions(Call& call, const GrantInput& input) {
  WEIR_CHECK_OK(authorize_change(call, "lakeformation:RevokePermissions", input));
  WEIR_TRY(auto read, app::read(input));
  return store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    for (const auto& resource : input.resources) {
      auto request = read.on(resource);
      WEIR_TRY(auto known, known_of(call, tx, request));
      WEIR_TRY(auto plan, permissions::plan_revoke(request, known.facts));
      WEIR_CHECK_OK(carry_out(tx, plan));
    }
    return {};
  });
}

}  // namespace weir::app
