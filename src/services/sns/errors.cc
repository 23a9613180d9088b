#include "services/sns/errors.h"

namespace weir::services {
namespace {

WireError invalid_error(const base::Error& error) {
  if (error.about == "attribute value") return {"ParameterValueInvalid", 400};
  if (error.about == "batch") return {"BatchRequestTooLong", 400};
  if (error.about == "batch empty") return {"EmptyBatchRequest", 400};
  if (error.about == "batch size") return {"TooManyEntriesInBatchRequest", 400};
  if (error.about == "batch id") return {"InvalidBatchEntryId", 400};
  if (error.about == "batch ids") return {"BatchEntryIdsNotDistinct", 400};
  return {"InvalidParameter", 400};
}

WireError limit_error(const base::Error& error) {
  if (error.about == "tags") return {"TagLimitExceeded", 400};
  if (error.about == "topics") return {"TopicLimitExceeded", 403};
  if (error.about == "subscriptions") return {"SubscriptionLimitExceeded", 403};
  return {"InvalidParameter", 400};
}

}  // namespace

WireError sns_error(const base::Error& error) {
  using base::Kind;
  switch (error.kind) {
    case Kind::invalid: return invalid_error(error);
    case Kind::not_found: return {error.about == "resource" ? "ResourceNotFound" : "NotFound", 404};
    case Kind::denied: return {"AuthorizationError", 403};
    case Kind::unauthenticated: return {"InvalidClientTokenId", 403};
    case Kind::expired: return {"ExpiredToken", 403};
    case Kind::limit_exceeded: return limit_error(error);
    case Kind::concurrent: return {"ConcurrentAccess", 400};
    case Kind::already_exists:
    case Kind::conflict:
    case Kind::precondition_failed:
    case Kind::type_mismatch:
    case Kind::malformed_policy:
    case Kind::unsupported: return {"InvalidParameter", 400};
    case Kind::throttled: return {"Throttled", 429};
    case Kind::unavailable: return {"ServiceUnavailable", 503};
    case Kind::internal: return {"InternalError", 500};
  }
  return {"InternalError", 500};
}

}  // namespace weir::services
