// What was granted for requests, against what Lake Formation and the resource shares say now.
//
// Repairing takes what granting takes: whoever repairs grants again what is missing, with its own grant option; that
// invites again, too, where an invitation has failed. What somebody gave by hand beside it is told (WIDER) and left
// alone: this program takes away what it gave.
//
// Threads: as the Call.
#pragma once
#include "app/call.h"
#include "app/due_work.h"
#include "requests/access_grant.h"

namespace weir::app {

enum class Health { healthy, missing, wider, narrower, share_not_accepted, invitation_expired };
std::string_view to_string(Health health);

struct VerifiedGrant {
  requests::AccessGrant row;
  Health health = Health::healthy;
  std::string detail;
  bool repaired = false;
};
// Of one request, or of all of the account; with weir:VerifyAccessGrants, as a data lake administrator.
base::Result<std::vector<VerifiedGrant>> verify_access_grants(Call& call, const std::string& request, bool repair);

// Looks at the rows of one request and keeps what it finds; a change is announced.
base::Status note_health(Lake& lake, const std::string& account, const std::string& request);

}  // namespace weir::app
