#include "identity/saml/faults.h"

namespace weir::identity::saml {
namespace {

base::Error fault(base::Kind kind, std::string says, std::string log) {
  auto error = base::fail(kind, std::move(says), std::string(kIdentityToken));
  error.log = "saml: " + std::move(log);
  return error;
}

}  // namespace

base::Error invalid_token(std::string says, std::string log) {
  return fault(base::Kind::unauthenticated, std::move(says), std::move(log));
}
base::Error invalid_response(std::string log) {
  return invalid_token("Your request included an invalid SAML response.", std::move(log));
}
base::Error invalid_signature(std::string log) { return invalid_token("Response signature invalid", std::move(log)); }
base::Error expired_token(std::string says, std::string log) {
  return fault(base::Kind::expired, std::move(says), std::move(log));
}
base::Error not_authorized(std::string log) {
  return fault(base::Kind::denied, "Not authorized to perform sts:AssumeRoleWithSAML", std::move(log));
}

}  // namespace weir::identity::saml
