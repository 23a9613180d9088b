// Who began a chain of sessions: carried from role to role, so that one person stays one person among those who decide.
//
//   by a user, also through GetSessionToken    the user
//   by whom a provider signed in               the provider's name for the person; with it the Lake Formation user of a
//                                              decorated session, or the role when the name does not last
//   by a session that says nothing of it       its role: one of a service (a state machine's), or an older token's
//
// INVARIANT: the first of a chain stays its maker, whatever roles follow.
//
// Threads: pure functions.
#pragma once
#include <string>

#include "identity/principal.h"

namespace weir::identity {

// What the next session of a role that the caller assumes says of its maker; and who the caller itself is by that.
Maker maker_of(const Principal& caller);

// What nobody else is called by: a user's id, or the subject with its provider. Empty for who has neither.
std::string name_of(const Maker& maker);
// The same of whom a provider signed in.
std::string name_of(const SignIn& sign_in);

// Whether the provider calls the same person the same each time: SAML's transient names are new with each sign-in.
inline bool is_lasting(const SignIn& sign_in) { return sign_in.subject_type != "transient"; }

}  // namespace weir::identity
