// A SAML response held against a provider of an account: who signed in, and what policies may ask about it.
#pragma once
#include <string>

#include "app/call.h"
#include "identity/saml/assertion.h"
#include "identity/saml_provider.h"

namespace weir::app {

struct SamlSignIn {
  identity::SamlProvider provider;
  identity::saml::Assertion assertion;
  std::string name_qualifier;  // tells subjects of several providers apart
  base::Seconds skew;          // that was allowed between the provider's clock and ours

  // saml:aud, saml:sub and their like.
  policy::Context claims() const;
  // What the session keeps.
  identity::SignIn kept() const;
  // The person before it is a session.
  identity::Principal person() const;
};

// Verified, and not yet compared with a role; nothing of it is remembered. Errors: identity/saml/faults.h, and
// not_found about the identity token for a provider that is not there.
base::Result<SamlSignIn> read_saml_sign_in(Call& call, const std::string& provider_arn, const std::string& response);

}  // namespace weir::app
