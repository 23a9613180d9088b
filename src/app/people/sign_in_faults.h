// The refusals of signing in. What is said never tells whether there is such a person; a service maps the noun:
//   unauthenticated             NotAuthorizedException
//   expired about "code"        ExpiredCodeException
//   precondition_failed about "code" / "reset" / "reuse"    CodeMismatchException, PasswordResetRequiredException,
//                                                           RefreshTokenReuseException
//   throttled                   TooManyRequestsException
//
// Threads: free functions.
#pragma once
#include <string>

#include "base/error.h"

namespace weir::app {

inline base::Error not_signed_in(std::string says, std::string log = {}) {
  auto error = base::fail(base::Kind::unauthenticated, std::move(says), "sign-in");
  error.log = std::move(log);
  return error;
}
inline base::Error wrong_password() { return not_signed_in("Incorrect username or password.", "wrong password"); }
inline base::Error too_many_attempts() { return not_signed_in("Password attempts exceeded", "too many attempts"); }
inline base::Error too_many_requests() {
  return base::fail(base::Kind::throttled, "Too many requests: try again later.", "sign-in");
}
inline base::Error session_gone() {
  return not_signed_in("Invalid session for the user, session is expired.", "the session does not hold");
}
inline base::Error wrong_code() {
  return base::fail(base::Kind::precondition_failed, "Invalid verification code provided, please try again.", "code");
}
inline base::Error code_expired() {
  return base::fail(base::Kind::expired, "Invalid code provided, please request a code again.", "code");
}
inline base::Error reset_required() {
  return base::fail(base::Kind::precondition_failed, "Password reset required for the user", "reset");
}
inline base::Error wrong_parameter(std::string says) { return base::invalid(std::move(says), "parameter"); }

}  // namespace weir::app
