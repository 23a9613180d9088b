// Carrying out what a request was approved for, as the role of its state machine.
//
// The role needs what any grantor needs: IAM's permission and Lake Formation's grant option. The policy is asked again
// first, over the catalog as it is now: what has become stricter since the request was made stops it.
//
// Invariants:
//  1. What will be granted is written down before it is, with what was found; what was granted without being in force in
//     the rows is taken back.
//  2. All of a request is granted, or nothing.
//  3. Nothing wider than what was asked for is granted, whatever approvers wrote.
//
// Errors: denied when the role may not grant; conflict about "request" when the policy or the approvals do not allow it
// (any more); what granting says.
//
// Threads: as the Call.
#pragma once
#include "app/call.h"
#include "requests/access_request.h"

namespace weir::app {

struct Fulfilled {
  requests::Fulfilment fulfilment = requests::Fulfilment::none;
  std::vector<std::string> grants;
  std::optional<base::Instant> expires;
};
// Of an extension that is open: moves the end. `duration_s_max`: the machine's own limit.
base::Result<Fulfilled> fulfil_access_request(Call& call, const std::string& id, std::optional<int64_t> duration_s_max);

}  // namespace weir::app
