#include "services/ram/errors.h"

namespace weir::services {
namespace {

WireError invalid(std::string_view about) {
  if (about == "arn") return {"MalformedArnException", 400};
  if (about == "marker") return {"InvalidNextTokenException", 400};
  if (about == "token") return {"InvalidClientTokenException", 400};
  if (about == "type") return {"InvalidResourceTypeException", 400};
  return {"InvalidParameterException", 400};
}

// What cannot be done as things are, and what was answered before.
WireError conflict(std::string_view about) {
  if (about == "accepted") return {"ResourceShareInvitationAlreadyAcceptedException", 400};
  if (about == "rejected") return {"ResourceShareInvitationAlreadyRejectedException", 400};
  return {"OperationNotPermittedException", 400};
}

}  // namespace

WireError ram_error(const base::Error& error) {
  using base::Kind;
  switch (error.kind) {
    case Kind::invalid: return invalid(error.about);
    case Kind::not_found:
      return {error.about == "invitation" ? "ResourceShareInvitationArnNotFoundException" : "UnknownResourceException",
              400};
    case Kind::already_exists: return {"IdempotentParameterMismatchException", 400};
    case Kind::denied: return {"AccessDeniedException", 403};
    case Kind::unauthenticated: return {"UnrecognizedClientException", 403};
    case Kind::expired:
      if (error.about == "invitation") return {"ResourceShareInvitationExpiredException", 400};
      return {"ExpiredTokenException", 403};
    case Kind::conflict: return conflict(error.about);
    case Kind::concurrent:
    case Kind::precondition_failed: return {"InvalidStateTransitionException", 400};
    case Kind::limit_exceeded:
      return {error.about == "tags" ? "TagLimitExceededException" : "ResourceShareLimitExceededException", 400};
    case Kind::type_mismatch:
    case Kind::malformed_policy:
    case Kind::unsupported: return {"InvalidParameterException", 400};
    case Kind::throttled: return {"ThrottlingException", 429};
    case Kind::unavailable: return {"ServiceUnavailableException", 503};
    case Kind::internal: return {"ServerInternalException", 500};
  }
  return {"ServerInternalException", 500};
}

}  // namespace weir::services
