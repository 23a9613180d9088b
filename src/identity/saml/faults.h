// The refusals of this floor, as STS words them (IAM user guide, "Troubleshooting SAML 2.0 federation").
//
// Every one is about kIdentityToken, and a service maps the kind to a code:
//   unauthenticated  InvalidIdentityToken 400
//   expired          ExpiredTokenException 400
//   denied           AccessDenied 403
// `says` names the rule in AWS's words and nothing of the message; `log` names the check that failed.
#pragma once
#include <string>

#include "base/error.h"

namespace weir::identity::saml {

inline constexpr std::string_view kIdentityToken = "identity token";

base::Error invalid_token(std::string says, std::string log);
base::Error invalid_response(std::string log);   // not even the shape of a SAML response
base::Error invalid_signature(std::string log);  // or none where one must be
base::Error expired_token(std::string says, std::string log);
base::Error not_authorized(std::string log);

}  // namespace weir::identity::saml
