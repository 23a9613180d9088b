// Reading the audit trail of one's own account.
#pragma once
#include "app/call.h"

namespace weir::app {

// The gate of everything that reads it, cloudtrail:LookupEvents; the answer is the account whose trail it is. What was
// answered before is found from now on.
base::Result<std::string> authorize_reading_trail(Call& call);

// `lookup.account` is set to the caller's.
base::Result<audit::Found> lookup_events(Call& call, audit::Lookup lookup);

}  // namespace weir::app
