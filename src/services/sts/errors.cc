#include "services/sts/errors.h"

namespace weir::services {

WireError sts_error(const base::Error& error) {
  using base::Kind;
  // An assertion or token that does not hold (identity/saml/faults.h, identity/oidc/faults.h).
  bool proof = error.about == "identity token";
  if (error.about == "message" && error.kind == Kind::not_found) return {"InvalidAuthorizationMessageException", 400};
  switch (error.kind) {
    case Kind::invalid: return {"ValidationError", 400};
    case Kind::not_found: return proof ? WireError{"InvalidIdentityToken", 400} : WireError{"NoSuchEntity", 404};
    case Kind::already_exists: return {"ValidationError", 400};
    case Kind::denied: return {"AccessDenied", 403};
    case Kind::unauthenticated:
      return proof ? WireError{"InvalidIdentityToken", 400} : WireError{"InvalidClientTokenId", 403};
    case Kind::expired: return proof ? WireError{"ExpiredTokenException", 400} : WireError{"ExpiredToken", 403};
    case Kind::conflict: return {"ValidationError", 400};
    case Kind::concurrent: return {"Throttling", 400};
    case Kind::precondition_failed: return {"ValidationError", 400};
    case Kind::limit_exceeded:
      return {error.about == "packed policy" ? "PackedPolicyTooLarge" : "ValidationError", 400};
    case Kind::type_mismatch: return {"ValidationError", 400};
    case Kind::malformed_policy: return {"MalformedPolicyDocument", 400};
    case Kind::unsupported: return {"InvalidParameterCombination", 400};
    case Kind::throttled: return {"Throttling", 400};
    case Kind::unavailable:
      return proof ? WireError{"IDPCommunicationError", 400} : WireError{"ServiceUnavailable", 503};
    case Kind::internal: return {"InternalFailure", 500};
  }
  return {"InternalFailure", 500};
}

}  // namespace weir::services
