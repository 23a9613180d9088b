#include "services/glue/errors.h"

namespace weir::services {

WireError glue_error(const base::Error& error) {
  using base::Kind;
  switch (error.kind) {
    case Kind::invalid: return {"InvalidInputException", 400};
    case Kind::not_found: return {"EntityNotFoundException", 400};
    case Kind::already_exists: return {"AlreadyExistsException", 400};
    case Kind::denied: return {"AccessDeniedException", 400};
    case Kind::unauthenticated: return {"UnrecognizedClientException", 400};
    case Kind::expired: return {"ExpiredTokenException", 400};
    case Kind::conflict: return {"ConflictException", 400};
    case Kind::concurrent: return {"ConcurrentModificationException", 400};
    // A version that was changed meanwhile: the code that writers of table formats try again on.
    case Kind::precondition_failed: return {"ConcurrentModificationException", 400};
    case Kind::limit_exceeded: return {"ResourceNumberLimitExceededException", 400};
    case Kind::type_mismatch: return {"PermissionTypeMismatchException", 400};
    case Kind::malformed_policy: return {"InvalidInputException", 400};
    case Kind::unsupported: return {"InvalidInputException", 400};
    case Kind::throttled: return {"ThrottlingException", 400};
    case Kind::unavailable: return {"InternalServiceException", 500};
    case Kind::internal: return {"InternalServiceException", 500};
  }
  return {"InternalServiceException", 500};
}

wire::glue::ErrorDetail error_detail(const base::Error& error) {
  return {.ErrorCode = std::string(glue_error(error).code), .ErrorMessage = error.says};
}

base::Error not_offered(std::string_view member) {
  return base::fail(base::Kind::unsupported, std::string(member) + " is not offered by this server.", "input");
}

}  // namespace weir::services
