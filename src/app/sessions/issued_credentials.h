// What the audit trail says of credentials that STS issued: whose they are, their access key id and their end. By the
// key id later events are told to be of this session. Neither secret nor token.
//
// Threads: as the Call.
#pragma once
#include "app/call.h"
#include "identity/assume_role.h"
#include "identity/federation_token.h"

namespace weir::app {

// To be called before the call is recorded: a record without them tells that nothing was issued.
void tell_issued(Call& call, const identity::Credentials& credentials);
void tell_issued(Call& call, const identity::AssumedRole& role);
void tell_issued(Call& call, const identity::FederatedUser& user);

}  // namespace weir::app
