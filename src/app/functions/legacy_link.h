// The links of AWS's data sharing sample, which carry a task token and decide when they are opened: its function
// ActivityApprover. Only where the operator wants them (`--legacy-one-click`).
//
// Threads: any.
#pragma once
#include <string>

#include "app/functions/built_in_functions.h"

namespace weir::app {

struct LegacyAnswer {
  int status = 0;
  std::string body;
};

// What the sample answers to GET .../update-state?action=...&token=...: decided as the role of an ActivityApprover of
// the account whose token it is: the first by name whose role may. A token that decides nothing (forged, used, of an
// account without that function, of a task about which an approval is open) is answered with 400 and an empty body, as
// the sample does.
LegacyAnswer legacy_update_state(Lake& lake, const std::string& action, const std::string& token);

// The same as a function that is invoked with API Gateway's event.
base::Result<Invoked> approve_activity(const BuiltInCall& call);

}  // namespace weir::app
