// The functions of AWS's data sharing sample, as it wrote them: GetTableDetails and ShareCatalogItem here,
// SendApprovalNotification in approval_notification.h, ActivityApprover in legacy_link.h.
//
// INVARIANT: a built-in function does what it does by calls of its own role: IAM and Lake Formation decide about each,
// and the trail shows them.
//
// Threads: any.
#pragma once
#include <string>
#include <vector>

#include "app/executions/machine_role.h"
#include "app/functions/invocation.h"

namespace weir::app {

// What one of them works with.
struct BuiltInCall {
  Lake& lake;
  const Invocation& invocation;
  const MachineRole& role;  // the function's own
  const functions::Environment& environment;
  bool one_click = false;  // the sample's links, which decide when they are opened
};

// An error is one of the store: it is asked again. Everything else is in the answer.
base::Result<Invoked> invoke_built_in(const BuiltInCall& call);

// --- for the functions
// The role of a function, to act as while it is invoked.
MachineRole::Holder holder_of(const functions::Function& function, const std::string& arn, base::Instant now);

// What a call of another operation came to, in JSON both ways, as the function's role or as `further`, a role that it
// assumes. Refusals are errors as the SDK names them.
base::Result<Invoked> perform_as(const MachineRole& role, const Lake& lake, const std::string& service,
                                 const std::string& operation, const base::Json& input,
                                 const std::optional<std::string>& further = {});

// value.a.b as JavaScript reads it: null when the last is not there; an error of the function when one before it is not.
Invoked property(const base::Json& value, const std::vector<std::string>& path);

}  // namespace weir::app
