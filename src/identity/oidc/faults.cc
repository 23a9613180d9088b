#include "identity/oidc/faults.h"

namespace weir::identity::oidc {
namespace {

base::Error fault(base::Kind kind, std::string says, std::string log) {
  auto error = base::fail(kind, std::move(says), std::string(kIdentityToken));
  error.log = "oidc: " + std::move(log);
  return error;
}

}  // namespace

base::Error invalid_token(std::string says, std::string log) {
  return fault(base::Kind::unauthenticated, std::move(says), std::move(log));
}
base::Error malformed_token(std::string log) {
  return invalid_token("The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)",
                       std::move(log));
}
base::Error expired_token(std::string log) { return fault(base::Kind::expired, "Token expired", std::move(log)); }
base::Error provider_unreachable(std::string log) {
  return fault(base::Kind::unavailable, "Couldn't retrieve verification key from your identity provider",
               std::move(log));
}

}  // namespace weir::identity::oidc
