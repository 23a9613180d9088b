#include "services/weir/errors.h"

namespace weir::services {

WireError weir_error(const base::Error& error) {
  using base::Kind;
  switch (error.kind) {
    case Kind::not_found: return {"EntityNotFoundException", 400};
    case Kind::denied: return {"AccessDeniedException", 400};
    case Kind::unauthenticated: return {"UnrecognizedClientException", 400};
    case Kind::expired: return {"ExpiredTokenException", 400};
    case Kind::throttled: return {"ThrottlingException", 400};
    case Kind::unavailable: return {"ServiceUnavailableException", 503};
    case Kind::invalid:
    case Kind::already_exists:
    case Kind::conflict:
    case Kind::concurrent:
    case Kind::precondition_failed:
    case Kind::limit_exceeded:
    case Kind::type_mismatch:
    case Kind::malformed_policy:
    case Kind::unsupported: return {"InvalidInputException", 400};
    case Kind::internal: return {"InternalFailure", 500};
  }
  return {"InternalFailure", 500};
}

}  // namespace weir::services
