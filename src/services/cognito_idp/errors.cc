#include "services/cognito_idp/errors.h"

namespace weir::services {
namespace {

constexpr WireError kNotAuthorized{"NotAuthorizedException", 400};
constexpr WireError kInvalidParameter{"InvalidParameterException", 400};

// app/people/sign_in_faults.h
WireError precondition_error(const base::Error& error) {
  if (error.about == "code") return {"CodeMismatchException", 400};
  if (error.about == "reset") return {"PasswordResetRequiredException", 400};
  if (error.about == "reuse") return {"RefreshTokenReuseException", 400};
  return kInvalidParameter;
}

WireError exists_error(const base::Error& error) {
  if (error.about == "user") return {"UsernameExistsException", 400};
  if (error.about == "group") return {"GroupExistsException", 400};
  return kInvalidParameter;
}

}  // namespace

WireError cognito_idp_error(const base::Error& error) {
  using base::Kind;
  switch (error.kind) {
    case Kind::invalid:
      return error.about == "password" ? WireError{"InvalidPasswordException", 400} : kInvalidParameter;
    case Kind::not_found:
      return error.about == "user" ? WireError{"UserNotFoundException", 400}
                                   : WireError{"ResourceNotFoundException", 400};
    case Kind::already_exists: return exists_error(error);
    case Kind::denied: return error.about == "access" ? WireError{"AccessDeniedException", 400} : kNotAuthorized;
    case Kind::unauthenticated: return kNotAuthorized;
    case Kind::expired: return error.about == "code" ? WireError{"ExpiredCodeException", 400} : kNotAuthorized;
    case Kind::conflict: return {"UnsupportedUserStateException", 400};
    case Kind::concurrent: return {"ConcurrentModificationException", 400};
    case Kind::precondition_failed: return precondition_error(error);
    case Kind::limit_exceeded: return {"LimitExceededException", 400};
    case Kind::unsupported:
      return error.about == "token type" ? WireError{"UnsupportedTokenTypeException", 400} : kInvalidParameter;
    case Kind::type_mismatch:
    case Kind::malformed_policy: return kInvalidParameter;
    case Kind::throttled: return {"TooManyRequestsException", 400};
    case Kind::unavailable:
    case Kind::internal: return {"InternalErrorException", 500};
  }
  return {"InternalErrorException", 500};
}

}  // namespace weir::services
