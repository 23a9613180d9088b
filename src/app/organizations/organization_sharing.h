// Sharing in the organization without invitations: switched on by the management account.
//
// It is the organization's trust in ram.amazonaws.com, so Organizations' own switch is the same one, and switching it
// off ends at once what was shared on the footing of membership.
//
// Threads: as the Call.
#pragma once
#include "app/call.h"

namespace weir::app {

// Makes the service-linked role of the management account, too, when it is not there. conflict about "operation" for
// everybody but the management account.
base::Status enable_sharing_in_organization(Call& call);

}  // namespace weir::app
