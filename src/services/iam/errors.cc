#include "services/iam/errors.h"

namespace weir::services {
namespace {

// What IAM calls an input that the model's own limits do not judge.
bool is_input(std::string_view about) {
  for (std::string_view noun :
       {"tags", "SAMLMetadataDocument", "Url", "client id", "thumbprints", "encryption", "key", "service role", "simulation"})
    if (about == noun) return true;
  return false;
}

}  // namespace

WireError iam_error(const base::Error& error) {
  using base::Kind;
  switch (error.kind) {
    case Kind::invalid: return {is_input(error.about) ? "InvalidInput" : "ValidationError", 400};
    case Kind::not_found: return {"NoSuchEntity", 404};
    case Kind::already_exists: return {"EntityAlreadyExists", 409};
    case Kind::denied: return {"AccessDenied", 403};
    case Kind::unauthenticated: return {"InvalidClientTokenId", 403};
    case Kind::expired: return {"ExpiredToken", 403};
    case Kind::conflict: return {"DeleteConflict", 409};
    case Kind::concurrent:
    case Kind::precondition_failed: return {"ConcurrentModification", 409};
    case Kind::limit_exceeded: return {"LimitExceeded", 409};
    case Kind::type_mismatch: return {"InvalidInput", 400};
    case Kind::malformed_policy: return {"MalformedPolicyDocument", 400};
    case Kind::unsupported: return {error.about == "policy" ? "PolicyNotAttachable" : "UnmodifiableEntity", 400};
    case Kind::throttled: return {"Throttling", 400};
    case Kind::unavailable: return {"ServiceUnavailable", 503};
    case Kind::internal: return {"ServiceFailure", 500};
  }
  return {"ServiceFailure", 500};
}

}  // namespace weir::services
