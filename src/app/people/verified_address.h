// The mail address of a person of a user pool, looked up when it matters: it is what the pool says now, and nothing that
// a session carries along.
//
// Errors: what cannot be looked up is no address.
//
// Threads: as the Call.
#pragma once
#include <string>

#include "app/call.h"
#include "identity/maker.h"

namespace weir::app {

// What counts for the caller: verified, of a person who is enabled, in the pools of the console of the caller's account.
// Whoever may put addresses into some other pool says nothing about who decides. Empty for who has none.
std::string verified_address(const Call& call);

// What only takes away: whatever address the person has who began a chain of sessions, in whatever pool.
std::string claimed_address(const Call& call, const identity::Maker& maker);

}  // namespace weir::app
