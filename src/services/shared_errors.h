// Codes that more than one service answers with. Each service says in its own errors.cc where it differs.
#pragma once
#include "services/service.h"

namespace weir::services {

// AWS's JSON services, with the one code that the service has for whatever is wrong with what was asked.
inline WireError json_error(base::Kind kind, WireError wrong_request) {
  using base::Kind;
  switch (kind) {
    case Kind::invalid:
    case Kind::not_found:
    case Kind::already_exists:
    case Kind::conflict:
    case Kind::concurrent:
    case Kind::precondition_failed:
    case Kind::limit_exceeded:
    case Kind::type_mismatch:
    case Kind::malformed_policy:
    case Kind::unsupported: return wrong_request;
    case Kind::denied: return {"AccessDeniedException", 400};
    case Kind::unauthenticated: return {"UnrecognizedClientException", 400};
    case Kind::expired: return {"ExpiredTokenException", 400};
    case Kind::throttled: return {"ThrottlingException", 400};
    case Kind::unavailable: return {"ServiceUnavailableException", 503};
    case Kind::internal: return {"InternalFailure", 500};
  }
  return {"InternalFailure", 500};
}

// Glue and Lake Formation, which share their exceptions.
inline WireError catalog_error(base::Kind kind) {
  using base::Kind;
  switch (kind) {
    case Kind::invalid: return {"InvalidInputException", 400};
    case Kind::not_found: return {"EntityNotFoundException", 400};
    case Kind::already_exists: return {"AlreadyExistsException", 400};
    case Kind::denied: return {"AccessDeniedException", 400};
    case Kind::unauthenticated: return {"UnrecognizedClientException", 400};
    case Kind::expired: return {"ExpiredTokenException", 400};
    case Kind::conflict: return {"ConflictException", 400};
    // A version that was changed meanwhile: the code that writers of table formats try again on.
    case Kind::precondition_failed:
    case Kind::concurrent: return {"ConcurrentModificationException", 400};
    case Kind::limit_exceeded: return {"ResourceNumberLimitExceededException", 400};
    case Kind::type_mismatch: return {"PermissionTypeMismatchException", 400};
    case Kind::malformed_policy: return {"InvalidInputException", 400};
    case Kind::unsupported: return {"InvalidInputException", 400};
    case Kind::throttled: return {"ThrottlingException", 400};
    case Kind::unavailable:
    case Kind::internal: return {"InternalServiceException", 500};
  }
  return {"InternalServiceException", 500};
}

}  // namespace weir::services
