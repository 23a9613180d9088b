#include "app/permissions/grants.h"

#include "app/permissions/grant_facts.h"
#include "app/sharing/shared_grants.h"
#include "base/text.h"
#include "permissions/can_grant.h"
#include "permissions/gathering.h"
#include "permissions/sharing.h"

namespace weir::app {
namespace {

using permissions::GrantPlan;
using permissions::GrantRequest;
using permissions::PrivilegeSet;

enum class Change { grant, revoke };

// Requests that are read, one for each resource. What another account owns is granted inside the caller's.
base::Result<std::vector<GrantRequest>> read(const Call& call, const GrantInput& input) {
  WEIR_TRY(auto principal, permissions::Principal::parse(input.principal));
  WEIR_TRY(auto privileges, permissions::parse_privileges(input.privileges));
  WEIR_TRY(auto option, permissions::parse_privileges(input.grant_option));
  const auto& own = call.caller().account();
  std::vector<GrantRequest> out;
  for (const auto& resource : input.resources) {
    GrantRequest request{principal, resource, privileges, option, std::string(base::trim(input.condition))};
    if (resource.catalog != own) request.local_to = own;
    out.push_back(std::move(request));
  }
  return out;
}

std::string text_of(const std::vector<permissions::Resource>& resources) {
  std::vector<std::string> texts;
  for (const auto& resource : resources) texts.push_back(resource.text());
  return base::join(texts, ", ");
}

bool is_there(const Call& call, const permissions::Principal& principal) {
  const auto& directory = call.state().directory;
  if (principal.is_iam()) return directory.find_id(principal.text());
  if (!principal.is_saml()) return true;
  // Who is behind a SAML provider only the provider knows.
  auto account = names::AccountId::parse(principal.account());
  return account.ok() && directory.find_saml_provider(names::saml_provider_arn(*account, principal.saml_provider()));
}

bool is_shared(const GrantRequest& request) {
  return permissions::is_shared(request.principal, request.resource, request.local_to);
}

// Users and roles are there, in whatever account: what is granted to a name before somebody has it would end when
// somebody gets it (namesakes.h). Accounts and organizations need not be known here.
base::Status check_grantee(const Call& call, const GrantRequest& request) {
  const auto& home = request.local_to.empty() ? request.resource.catalog : request.local_to;
  if (!is_shared(request)) WEIR_CHECK_OK(permissions::check_grantable(request.principal, home));
  if (is_there(call, request.principal)) return {};
  auto where = is_shared(request) ? "." : " in this account.";
  return base::invalid("Invalid principal: " + request.principal.text() + " does not exist" + where, "principal");
}

// Administrators take away what is held inside their account, though the share it came by is gone.
permissions::Caller caller_before(const Call& call, const std::string& catalog) {
  auto out = call.lake_caller(catalog);
  if (catalog != out.account)
    out.received.administrator = permissions::is_admin(out, call.state().permissions(out.account).settings());
  return out;
}

std::optional<Refusal> change_gate(const Call& call, const GrantRequest& request, Change change) {
  const auto& catalog = request.resource.catalog;
  permissions::GrantQuestion question{caller_before(call, catalog), request.resource,
                                      request.privileges | request.grant_option, change == Change::revoke};
  auto verdict = permissions::can_grant(question, call.state().permissions(catalog));
  if (!verdict.allowed()) return Refusal{"grant option", base::denied(verdict.says, "access")};
  if (change == Change::revoke) return std::nullopt;
  if (is_shared(request)) return sharing_gate(call, request.principal, request.resource);
  if (request.local_to.empty()) return std::nullopt;
  auto inside = permissions::check_passing_on(request);
  if (inside.ok()) return std::nullopt;
  return Refusal{"own account", std::move(inside).error()};
}

base::Result<std::vector<GrantRequest>> authorize_change(Call& call, std::string_view action, const GrantInput& input,
                                                         Change change) {
  if (input.resources.empty()) return base::internal("a grant on nothing");
  call.about("principal", input.principal);
  call.about("resource", text_of(input.resources));
  if (!input.condition.empty()) call.about("condition", input.condition);
  call.about("permissions", base::to_json(input.privileges));
  auto requests = read(call, input);
  WEIR_CHECK_OK(call.authorize({std::string(action)}, [&]() -> std::optional<Refusal> {
    if (!requests) return std::nullopt;  // said once the caller is known to be allowed the action
    for (const auto& request : *requests)
      if (auto refused = change_gate(call, request, change)) return refused;
    return std::nullopt;
  }));
  return requests;
}

base::Status carry_out(store::Transaction& tx, const GrantPlan& plan) {
  for (const auto& grant : plan.erase) WEIR_CHECK_OK(permissions::erase_grant(tx, grant));
  for (const auto& grant : plan.put) WEIR_CHECK_OK(permissions::put_grant(tx, grant));
  for (const auto& grant : plan.erase)
    if (!grant.share.empty()) WEIR_CHECK_OK(leave_share(tx, grant));
  return {};
}

base::Status grant_one(Call& call, store::Transaction& tx, GrantRequest request, std::vector<std::string>& notices) {
  WEIR_TRY(auto known, known_of(call, tx, request));
  WEIR_CHECK_OK(check_there(call, tx, request, known));
  if (is_shared(request)) {
    WEIR_TRY(request.share, enter_share(call, tx, request, known.facts));
    WEIR_TRY(auto waiting, waiting_for(call, tx, request));
    if (!waiting.empty()) notices.push_back(std::move(waiting));
  }
  WEIR_TRY(auto plan, permissions::plan_grant(std::move(request), known.facts));
  notices.insert(notices.end(), plan.notices.begin(), plan.notices.end());
  return carry_out(tx, plan);
}

}  // namespace

base::Result<std::vector<std::string>> grant_permissions(Call& call, const GrantInput& input) {
  WEIR_TRY(auto requests, authorize_change(call, "lakeformation:GrantPermissions", input, Change::grant));
  WEIR_CHECK_OK(check_grantee(call, requests.front()));
  std::vector<std::string> notices;
  WEIR_CHECK_OK(store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    notices.clear();
    if (input.only_if) WEIR_CHECK_OK(input.only_if(tx));
    for (const auto& request : requests) WEIR_CHECK_OK(grant_one(call, tx, request, notices));
    return {};
  }));
  for (const auto& one : notices) call.notice(one);
  return notices;
}

base::Status revoke_permissions(Call& call, const GrantInput& input) {
  WEIR_TRY(auto requests, authorize_change(call, "lakeformation:RevokePermissions", input, Change::revoke));
  return store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    for (const auto& request : requests) WEIR_CHECK_OK(revoke_recorded(call, tx, request));
    return {};
  });
}

base::Status revoke_recorded(Call& call, store::Transaction& tx, const GrantRequest& request) {
  WEIR_TRY(auto known, known_of(call, tx, request));
  WEIR_TRY(auto plan, permissions::plan_revoke(request, known.facts));
  return carry_out(tx, plan);
}

}  // namespace weir::app
