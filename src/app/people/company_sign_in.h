// People who sign in to a console by their company's identity provider: the way there, and what they come back with.
//
//   begin    the address at the provider that the page sends the browser to
//   tokens   OIDC: an id token for the code, or for a refresh token. The page then calls AssumeRoleWithWebIdentity
//
// The page makes state, nonce and code verifier, keeps them in its tab and compares the state. A browser may call no
// other host than this one: so this server asks the provider. SAML's way back is server/company_pages.h.
//
// Invariants:
//  1. People come back to this server's own address, which nobody who asks can choose.
//  2. A token is given out when it holds as STS would have it, is for the console's client, and has the nonce that the
//     page names.
//  3. Neither codes, verifiers, tokens nor secrets are recorded, logged or stored.
//  4. Whoever has no right to know hears one answer for an account, a provider and a button that are not there.
//
// Threads: as the Call.
#pragma once
#include <optional>
#include <string>

#include "app/call.h"

namespace weir::app {

struct BeginRequest {
  std::string account;
  std::string provider;  // its name
  std::string state;     // SAML: RelayState
  std::string nonce;     // OIDC
  base::Secret verifier;
};
struct WayToProvider {
  std::string location;
  std::string comes_back_to;
  std::string issuer;  // OIDC: what an iss that comes back has to be (RFC 9207)
};
base::Result<WayToProvider> begin_company_sign_in(Call& call, const BeginRequest& request);

struct TokenRequest {
  std::string account;
  std::string provider;
  std::string nonce;
  std::optional<base::Secret> code, verifier;
  std::optional<base::Secret> refresh;  // in place of a code
};
struct CompanyTokens {
  base::Secret id;
  std::optional<base::Secret> refresh;
  std::string subject;
  base::Instant expires{};
};
base::Result<CompanyTokens> company_tokens(Call& call, const TokenRequest& request);

}  // namespace weir::app
