// The refusals of this floor. Every one is about kIdentityToken, and a service maps the kind to a code:
//   unauthenticated  InvalidIdentityToken 400
//   expired          ExpiredTokenException 400
//   unavailable      IDPCommunicationError 400, worth another try
// `says` holds nothing of the token; `log` names the check that failed.
//
// Threads: free functions.
#pragma once
#include <string>

#include "base/error.h"

namespace weir::identity::oidc {

inline constexpr std::string_view kIdentityToken = "identity token";

base::Error invalid_token(std::string says, std::string log);
base::Error malformed_token(std::string log);  // "The ID Token provided is not a valid JWT. ..."
base::Error expired_token(std::string log);
base::Error provider_unreachable(std::string log);

}  // namespace weir::identity::oidc
