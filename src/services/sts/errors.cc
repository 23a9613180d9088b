#include "services/sts/errors.h"

namespace weir::services {

WireError sts_error(const base::Error& error) {
  using base::Kind;
  switch (error.kind) {
    case Kind::invalid: return {"ValidationError", 400};
    case Kind::not_found: return {"NoSuchEntity", 404};
    case Kind::already_exists: return {"ValidationError", 400};
    case Kind::denied: return {"AccessDenied", 403};
    case Kind::unauthenticated: return {"InvalidClientTokenId", 403};
    case Kind::expired: return {"ExpiredToken", 403};
    case Kind::conflict: return {"ValidationError", 400};
    case Kind::concurrent: return {"Throttling", 400};
    case Kind::precondition_failed: return {"ValidationError", 400};
    case Kind::limit_exceeded:
      return {error.about == "packed policy" ? "PackedPolicyTooLarge" : "ValidationError", 400};
    case Kind::type_mismatch: return {"ValidationError", 400};
    case Kind::malformed_policy: return {"MalformedPolicyDocument", 400};
    case Kind::unsupported: return {"InvalidParameterCombination", 400};
    case Kind::throttled: return {"Throttling", 400};
    case Kind::unavailable: return {"ServiceUnavailable", 503};
    case Kind::internal: return {"InternalFailure", 500};
  }
  return {"InternalFailure", 500};
}

}  // namespace weir::services
