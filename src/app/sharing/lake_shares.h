// The shares that Lake Formation makes for grants across accounts: what granting and revoking call inside their
// transaction (sharing.md 3.4).
//
// A share is the channel of a grant and holds no permission; the grants are kept where all grants are. How many shares
// there are says sharing/lake_slot.h.
//
// Invariants:
//  1. A share is only ever made, filled and emptied here; nobody adds to it through RAM. Its owner may take it, or
//     parts of it, away through RAM, and what was granted through it goes with that (shared_grants.h).
//  2. No share is left without principals or without resources.
//
// Threads: as the Call.
#pragma once
#include <string>
#include <vector>

#include "app/call.h"
#include "sharing/lake_slot.h"
#include "store/store.h"

namespace weir::app {

using LakeShareKind = sharing::LakeKind;

struct LakeShareRequest {
  std::string owner;      // the account whose catalog it is
  std::string principal;  // as Receiver reads it
  LakeShareKind kind = LakeShareKind::databases;
  std::string resource;  // the ARN of the table, the database (also for all of its tables) or, for tags, the catalog
  int cross_account_version = 3;
};

// What the grantor must be allowed in IAM, beside granting itself: to make the share, or to add to the one there is.
// invalid when the request says nothing that could be shared.
base::Result<std::vector<Ask>> asks_of_attaching(const Call& call, const LakeShareRequest& request);

// The ARN of the share that now has the principal (invited, where it must be) and the resource; made when there was
// none. invalid for principals of other accounts before version 3; what else a version allows is permissions/sharing.h's.
base::Result<std::string> attach(Call& call, store::Transaction& tx, const LakeShareRequest& request);

// Takes out what nothing is granted through any more: the resource, when nothing on it is still granted to anybody in
// the share; the principal with its invitation, when it has nothing left in the share. What is not there, the share
// included, is no error.
struct Detachment {
  std::string share;      // its ARN
  std::string resource;   // as in the request
  std::string principal;  // as in the request
  bool resource_still_granted = false;
  bool anything_still_granted_in_share = false;  // to this principal
};
base::Status detach(store::Transaction& tx, const Detachment& detachment);

}  // namespace weir::app
