// A web identity token held against a provider of the role's account: who signed in, and what policies may ask.
#pragma once
#include <string>

#include "app/call.h"
#include "identity/oidc/token.h"
#include "identity/oidc_provider.h"

namespace weir::app {

struct WebSignIn {
  identity::OidcProvider provider;
  identity::oidc::Claims claims;

  // <issuer>:aud, <issuer>:sub and the other claims that are texts, numbers, truths or lists of texts.
  policy::Context conditions() const;
  identity::SignIn kept() const;
  identity::Principal person() const;
};

// Errors: identity/oidc/faults.h.
base::Result<WebSignIn> read_web_sign_in(Call& call, const std::string& role_arn, const std::string& token);

}  // namespace weir::app
