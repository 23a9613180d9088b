// Reading the audit trail of one's own account.
#pragma once
#include "app/call.h"

namespace weir::app {

// `lookup.account` is set to the caller's.
base::Result<audit::Found> lookup_events(Call& call, audit::Lookup lookup);

}  // namespace weir::app
