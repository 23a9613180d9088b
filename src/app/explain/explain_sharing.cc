#include "app/explain/explain_sharing.h"

#include <algorithm>

#include "app/sharing/received.h"
#include "permissions/principal.h"

namespace weir::app {
namespace {

using permissions::Because;
using permissions::Ground;
using permissions::Side;

bool rests_on(const permissions::Decision& decision, std::string_view share) {
  return std::any_of(decision.because.begin(), decision.because.end(),
                     [&](const Because& because) { return because.share == share; });
}

}  // namespace

std::optional<std::string> asked_as_owner(const Call& call, std::string_view principal, std::string_view catalog) {
  if (catalog != call.caller().account()) return std::nullopt;
  auto parsed = permissions::Principal::parse(principal);
  if (!parsed || !parsed->is_iam() || parsed->account() == catalog) return std::nullopt;
  return std::string(parsed->account());
}

permissions::Caller with_received(const State& state, permissions::Caller caller, std::string_view owner) {
  if (caller.account != owner) caller.received = received_from(state, owner, caller);
  return caller;
}

permissions::Decision half_of_owner(permissions::Decision decision) {
  auto others =
      std::erase_if(decision.because, [](const Because& because) { return because.side == Side::inside_account; });
  for (auto& because : decision.because) because.saw.clear();
  if (others == 0) return decision;
  decision.held = {};
  decision.view = {};
  decision.described = {};
  return decision;
}

permissions::GateText gate_of_other_account(std::string_view action, std::string_view account) {
  auto says = "account " + std::string(account) + " is asked, by policies of its own";
  return {"IAM: " + std::string(action), true, std::move(says), ""};
}

permissions::Decision without_shares_not_joined(permissions::Decision decision, const std::string& account) {
  if (account == decision.resource.catalog) return decision;
  // What a share in force gives has a side.
  std::erase_if(decision.because, [](const Because& because) {
    return !because.share.empty() && because.side == permissions::Side::own_account;
  });
  if (decision.because.empty())
    decision.because.push_back({Ground::other_account, decision.resource.kind, {}, account, ""});
  return decision;
}

std::vector<std::string> pending_invitations(const Call& call, std::string_view account,
                                             const permissions::Decision& decision) {
  std::vector<std::string> out;
  for (const auto& invitation : call.state().shares.invitations_to(account)) {
    if (invitation.state_at(call.now()) != sharing::InvitationState::pending) continue;
    if (!rests_on(decision, invitation.share_arn())) continue;
    out.push_back("resource share " + invitation.share_arn() + " waits for account " + std::string(account) +
                  " to accept invitation " + invitation.arn() + ", until " + base::to_iso8601(invitation.expires));
  }
  return out;
}

}  // namespace weir::app
