#include "services/lakeformation/errors.h"

namespace weir::services {

WireError lakeformation_error(const base::Error& error) {
  using base::Kind;
  switch (error.kind) {
    case Kind::invalid: return {"InvalidInputException", 400};
    case Kind::not_found: return {"EntityNotFoundException", 400};
    case Kind::already_exists: return {"AlreadyExistsException", 400};
    case Kind::denied: return {"AccessDeniedException", 403};
    case Kind::unauthenticated: return {"UnrecognizedClientException", 403};
    case Kind::expired: return {"ExpiredTokenException", 403};
    case Kind::conflict: return {"ConflictException", 400};
    case Kind::concurrent: return {"ConcurrentModificationException", 400};
    case Kind::precondition_failed: return {"ConcurrentModificationException", 400};
    case Kind::limit_exceeded: return {"ResourceNumberLimitExceededException", 400};
    case Kind::type_mismatch: return {"PermissionTypeMismatchException", 400};
    case Kind::malformed_policy: return {"InvalidInputException", 400};
    case Kind::unsupported: return {"InvalidInputException", 400};
    case Kind::throttled: return {"ThrottledException", 429};
    case Kind::unavailable: return {"InternalServiceException", 500};
    case Kind::internal: return {"InternalServiceException", 500};
  }
  return {"InternalServiceException", 500};
}

}  // namespace weir::services
