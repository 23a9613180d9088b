// Who somebody is to the provider that signed them in.
//
// Threads: free functions.
#pragma once
#include "identity/maker.h"

namespace weir::app {

// The sign-in of the caller's session, where it tells who the person is; else null.
inline const identity::SignIn* lasting_sign_in(const identity::Principal& caller) {
  const auto* session = caller.session ? &caller.session->session : nullptr;
  return session && session->sign_in && is_lasting(*session->sign_in) ? &*session->sign_in : nullptr;
}

}  // namespace weir::app
