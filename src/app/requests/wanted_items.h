// What a request names, read once: who shall have access, to which items, and what the policy's limits leave of them.
//
// Errors: invalid about "target" and "item".
//
// Threads: pure.
#pragma once
#include "app/requests/access_requests.h"
#include "permissions/principal.h"

namespace weir::app {

// An account, an organization, a unit, a user, a role, or a SAML principal; no group of everybody.
base::Result<permissions::Principal> target_of(std::string_view text);

// Without permissions, SELECT and DESCRIBE are asked for; of a part of a table SELECT, which is all there is. As in the
// sample, accounts and what is above them pass on what they get unless the request says no.
base::Result<std::vector<requests::AskedItem>> items_of(const WantedAccess& wanted,
                                                        const permissions::Principal& target);

// Without the columns and the grant option that the policy leaves out. A whole database has no columns to leave out: it
// is refused where some of its tables have such columns.
base::Result<requests::AskedItem> within_limits(requests::AskedItem item, const requests::CatalogFacts& facts,
                                                const requests::PolicyOutcome& outcome);

}  // namespace weir::app
