#include "services/cognito_identity/errors.h"

namespace weir::services {

WireError cognito_identity_error(const base::Error& error) {
  using base::Kind;
  switch (error.kind) {
    case Kind::invalid:
    case Kind::unsupported:
    case Kind::type_mismatch:
    case Kind::malformed_policy: return {"InvalidParameterException", 400};
    case Kind::not_found: return {"ResourceNotFoundException", 400};
    case Kind::denied: return {error.about == "access" ? "AccessDeniedException" : "NotAuthorizedException", 400};
    case Kind::unauthenticated:
    case Kind::expired: return {"NotAuthorizedException", 400};
    case Kind::already_exists:
    case Kind::precondition_failed: return {"ResourceConflictException", 400};
    case Kind::conflict:
      return {error.about == "roles" ? "InvalidIdentityPoolConfigurationException" : "ResourceConflictException", 400};
    case Kind::concurrent: return {"ConcurrentModificationException", 400};
    case Kind::limit_exceeded: return {"LimitExceededException", 400};
    case Kind::throttled: return {"TooManyRequestsException", 400};
    case Kind::unavailable:
    case Kind::internal: return {"InternalErrorException", 500};
  }
  return {"InternalErrorException", 500};
}

}  // namespace weir::services
