#include "app/explain/asked_principal.h"

#include "app/explain/access_question.h"
#include "app/explain/explain_sharing.h"
#include "app/sharing/received.h"
#include "permissions/principal.h"

namespace weir::app {
namespace {

// What an organization or unit has is in force for its members.
permissions::Caller collective(const Call& call, const std::string& owner, const std::string& principal) {
  permissions::Caller out{"", {principal}};
  const auto* held = call.state().permissions(owner).on_terms(principal);
  if (!held) return out;
  for (const auto& one : *held)
    if (call.state().shares.find(one->terms.share)) out.received.own_shares.push_back(one->terms.share);
  return out;
}

}  // namespace

bool is_organizational(const permissions::Principal& principal) {
  return principal.kind() == permissions::PrincipalKind::organization ||
         principal.kind() == permissions::PrincipalKind::organizational_unit;
}

std::set<std::string> principals_to_ask(const Call& call, const std::string& catalog) {
  if (!may_ask_about_others(call, catalog)) return {std::string(identity::lake_formation_principal(call.caller()))};
  const auto& snapshot = call.state().permissions(catalog);
  const auto& settings = snapshot.settings();
  std::set<std::string> out(settings.admins.begin(), settings.admins.end());
  out.insert(settings.read_only_admins.begin(), settings.read_only_admins.end());
  snapshot.each_principal([&](std::string_view text, const permissions::Terms&) { out.emplace(text); });
  return out;
}

permissions::Caller asked_principal(const Call& call, const std::string& owner, const std::string& principal) {
  auto parsed = permissions::Principal::parse(principal);
  if (parsed && is_organizational(*parsed)) return collective(call, owner, principal);
  if (!parsed || parsed->account().empty() || parsed->account() == owner)
    return lake_caller_of(call.state(), owner, principal);
  if (parsed->account() == call.caller().account())
    return with_received(call.state(), lake_caller_of(call.state(), parsed->account(), principal), owner);
  permissions::Caller out{parsed->account(), {principal}};
  auto received = received_from(call.state(), owner, out);
  bool is_account = parsed->kind() == permissions::PrincipalKind::account;
  out.received.own_shares = is_account ? received.shares : received.own_shares;
  return out;
}

}  // namespace weir::app
