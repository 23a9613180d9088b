#include "app/sharing/share_ties.h"

#include <algorithm>

#include "app/organizations/memberships.h"

namespace weir::app {
namespace {

bool has(const std::vector<std::string>& list, std::string_view text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

}  // namespace

ShareTies::ShareTies(const State& state, std::string owner, std::string account, std::string principal,
                     base::Instant now)
    : state_(state), owner_(std::move(owner)), account_(std::move(account)), principal_(std::move(principal)) {
  const auto& organizations = state.directory.organizations();
  names_ = organizations.arns_above(account_);
  names_.insert(names_.begin(), account_);
  OrganizationMemberships memberships(organizations);
  for (const auto* share : state.shares.owned_by(owner_))
    for (auto& one : state.shares.principals_of(*share)) {
      if (!has(names_, one.principal) && (principal_.empty() || one.principal != principal_)) continue;
      auto now_is = state.shares.state_of(*share, one, memberships, now);
      ties_.push_back({share, std::move(one), now_is});
    }
}

permissions::Received ShareTies::received(bool granted) const {
  permissions::Received out;
  out.as = names_;
  for (const auto& tie : ties_) {
    if (!granted && tie.state != sharing::AssociationState::associated) continue;
    (is_own(tie) ? out.own_shares : out.shares).push_back(tie.share->arn());
  }
  return out;
}

bool ShareTies::is_own(const ShareTie& tie) const { return tie.association.principal == principal_; }

permissions::Decision ShareTies::decide(const Subject& subject, permissions::Caller caller,
                                        permissions::Privilege asked) const {
  return decide_on(subject, std::move(caller), asked, state_.permissions(owner_));
}

// Who is asked about holds it by itself, and so it counts alone.
permissions::Decision ShareTies::to_account(const Subject& subject, permissions::Privilege asked, bool granted) const {
  permissions::Caller caller{account_, names_};
  caller.received.own_shares = received(granted).shares;
  return decide(subject, std::move(caller), asked);
}

permissions::Decision ShareTies::to_principal(const Subject& subject, permissions::Privilege asked,
                                              bool granted) const {
  if (principal_.empty()) return {};
  permissions::Caller caller{account_, {principal_}};
  caller.received.own_shares = received(granted).own_shares;
  return decide(subject, std::move(caller), asked);
}

permissions::Decision ShareTies::together(const Subject& subject, permissions::Privilege asked, bool granted) const {
  if (principal_.empty()) return {};
  auto caller = principal();
  caller.received = received(granted);
  return decide(subject, std::move(caller), asked);
}

permissions::Caller ShareTies::principal() const {
  auto caller = lake_caller_of(state_, account_, principal_);
  caller.received = received(true);
  return caller;
}

permissions::Caller ShareTies::administrator() const {
  permissions::Caller caller{account_, {"arn:aws:iam::" + account_ + ":root"}, {}, received(true)};
  caller.received.administrator = true;
  return caller;
}

std::vector<ShareTie> ShareTies::under(const permissions::Decision& decision, bool own) const {
  std::vector<ShareTie> out;
  for (const auto& tie : ties_) {
    if (is_own(tie) != own) continue;
    auto arn = tie.share->arn();
    bool used = std::any_of(decision.because.begin(), decision.because.end(),
                            [&](const auto& because) { return because.share == arn; });
    if (used) out.push_back(tie);
  }
  return out;
}

}  // namespace weir::app
