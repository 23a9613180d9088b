#include "services/events/errors.h"

namespace weir::services {

WireError events_error(const base::Error& error) {
  using base::Kind;
  switch (error.kind) {
    case Kind::invalid:
      if (error.about == "event pattern") return {"InvalidEventPatternException", 400};
      return {"ValidationException", 400};
    case Kind::not_found: return {"ResourceNotFoundException", 400};
    case Kind::already_exists: return {"ResourceAlreadyExistsException", 400};
    case Kind::denied: return {"AccessDeniedException", 400};
    case Kind::unauthenticated: return {"UnrecognizedClientException", 400};
    case Kind::expired: return {"ExpiredTokenException", 400};
    case Kind::limit_exceeded: return {"LimitExceededException", 400};
    case Kind::conflict:
    case Kind::concurrent:
    case Kind::precondition_failed: return {"ConcurrentModificationException", 400};
    case Kind::type_mismatch:
    case Kind::malformed_policy:
    case Kind::unsupported: return {"ValidationException", 400};
    case Kind::throttled: return {"ThrottlingException", 400};
    case Kind::unavailable: return {"ServiceUnavailable", 503};
    case Kind::internal: return {"InternalException", 500};
  }
  return {"InternalException", 500};
}

}  // namespace weir::services
