#include "app/sharing/share_standing.h"

#include "app/organizations/memberships.h"

namespace weir::app {
namespace {

using sharing::AssociationState;

AssociationState standing_in(const State& state, const std::string& arn, const std::string& principal,
                             base::Instant now) {
  const auto* share = state.shares.find(arn);
  if (!share) return AssociationState::disassociated;
  OrganizationMemberships memberships(state.directory.organizations());
  for (const auto& association : state.shares.principals_of(*share))
    if (association.principal == principal) return state.shares.state_of(*share, association, memberships, now);
  return AssociationState::disassociated;
}

}  // namespace

base::Result<AssociationState> share_standing(Lake& lake, store::Transaction& tx, const requests::AccessGrant& row) {
  WEIR_TRY(auto held, held_rights(tx, row));
  // As of now, not of when a call began: the grant may be its own.
  WEIR_TRY(auto state, lake.governance.current());
  auto worst = AssociationState::associated;
  for (const auto& share : held.shares) {
    auto standing = standing_in(*state, share, row.principal, lake.clock.now());
    if (standing != AssociationState::associated) worst = standing;
  }
  return worst;
}

base::Result<bool> any_share_waits(Lake& lake, store::Transaction& tx, const std::vector<requests::AccessGrant>& rows) {
  for (const auto& row : rows) {
    if (!row.counts()) continue;
    WEIR_TRY(auto standing, share_standing(lake, tx, row));
    if (standing != AssociationState::associated) return true;
  }
  return false;
}

}  // namespace weir::app
