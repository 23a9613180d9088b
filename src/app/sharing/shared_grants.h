// Grants that go through resource shares, and what keeps the two together (sharing.md 3.4).
//
// A grant to another account, to what is above accounts, or to a principal of another account is never without its
// share; and a share that Lake Formation made has no principal and no resource that nothing is granted through.
//
// What the recipients passed on inside their accounts is not touched: it counts as far as the owner's grants go, and
// counts again when they come back.
//
// Threads: as the Call.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "app/call.h"
#include "permissions/grant_change.h"
#include "sharing/share.h"

namespace weir::app {

// What the grantor is allowed beside granting: to share, and to look into the organization it shares with. Nothing when
// both are.
std::optional<Refusal> sharing_gate(const Call& call, const permissions::Principal& principal,
                                    const permissions::Resource& resource);

// The ARN of the share that the grant goes into, which now has its principal (invited again, where an invitation had
// failed) and its resource. invalid about "permission" for what cannot be shared.
base::Result<std::string> enter_share(Call& call, store::Transaction& tx, const permissions::GrantRequest& request,
                                      const permissions::GrantFacts& facts);
// Who must accept an invitation before it has what is granted to it by the share; empty: nobody.
base::Result<std::string> waiting_for(Call& call, store::Transaction& tx, const permissions::GrantRequest& request);
// After the grant was erased: takes out of its share what nothing is granted through any more.
base::Status leave_share(store::Transaction& tx, const permissions::Grant& gone);
// The same after all grants on something, or in it, were erased with it.
base::Status leave_shares(Call& call, store::Transaction& tx, const permissions::Resource& gone);

// What its owner takes out of a share of Lake Formation's by RAM: the grants through it go. Both lists empty: all of it.
struct TakenOut {
  std::vector<std::string> principals = {};  // texts of Receivers
  std::vector<std::string> resources = {};   // texts of Shareables
};
base::Status erase_grants_through(store::Transaction& tx, const sharing::Share& share, const TakenOut& taken);

// Forgets a table or database that is dropped (permissions::forget), and takes it, and what was in it, out of the shares.
base::Status forget_dropped(Call& call, store::Transaction& tx, const permissions::Resource& dropped);

}  // namespace weir::app
