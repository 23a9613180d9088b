// Who somebody is to the provider that signed them in.
//
// Threads: free functions.
#pragma once
#include "identity/session.h"

namespace weir::app {

// Whether the provider calls the same person the same each time: SAML's transient names are new with each sign-in.
inline bool is_lasting(const identity::SignIn& sign_in) { return sign_in.subject_type != "transient"; }

// The sign-in of the caller's session, where it tells who the person is; else null.
inline const identity::SignIn* lasting_sign_in(const identity::Principal& caller) {
  const auto* session = caller.session ? &caller.session->session : nullptr;
  return session && session->sign_in && is_lasting(*session->sign_in) ? &*session->sign_in : nullptr;
}

}  // namespace weir::app
