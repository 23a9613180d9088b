// Principals that others ask about: which there are in a catalog, and each as decide() takes it.
//
// INVARIANT: who is no data lake administrator of the catalog is given itself only.
//
// Threads: the Call's.
#pragma once
#include <set>
#include <string>

#include "app/call.h"
#include "permissions/principal.h"

namespace weir::app {

// Everybody who holds something there, and every administrator; by name.
std::set<std::string> principals_to_ask(const Call& call, const std::string& catalog);

bool is_organizational(const permissions::Principal& principal);

// With what it would come with. Accounts and people elsewhere come with what the owner granted to them by shares in
// force; what an account passed on inside itself is its own to tell.
permissions::Caller asked_principal(const Call& call, const std::string& owner, const std::string& principal);

}  // namespace weir::app
