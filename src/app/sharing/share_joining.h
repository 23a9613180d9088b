// How principals and resources come into a share: the rules of acceptance (sharing.md 3.3), inside the transaction of
// whoever shares.
//
// Who is in the owner's organization, and every organization and unit, receives at once where sharing in the
// organization is enabled; every other account is invited, where the share lets outsiders in.
//
// Refusals: invalid about "parameter" or "arn"; conflict about "operation" for what the state of things forbids;
// not_found about "resource" or "principal".
//
// Threads: as the Call.
#pragma once
#include "app/call.h"
#include "app/organizations/memberships.h"
#include "sharing/receiver.h"
#include "sharing/share_records.h"
#include "sharing/shareable.h"

namespace weir::app {

base::Error sharing_not_permitted(std::string says);

inline OrganizationMemberships memberships_of(const Call& call) {
  return OrganizationMemberships(call.state().directory.organizations());
}

// The association there is, when it stands or waits for an answer; otherwise a new one in its place.
base::Result<sharing::PrincipalAssociation> join_principal(Call& call, store::Transaction& tx,
                                                           const sharing::Share& share,
                                                           const sharing::Receiver& receiver);
// The resource must be there and the owner's. A share without a permission for its type gets the default one.
base::Result<sharing::ResourceAssociation> join_resource(Call& call, store::Transaction& tx, sharing::Share& share,
                                                         const sharing::Shareable& resource);

// Whether it exists.
base::Result<bool> is_in_catalog(store::Transaction& tx, const sharing::Shareable& resource);

// What must hold before anything is asked about a resource or principal.
base::Status check_shareable(const Call& call, const names::AccountId& owner, const sharing::Shareable& resource);

}  // namespace weir::app
