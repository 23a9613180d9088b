// The companies' identity providers through which people sign in to an account's console: made, listed, taken away.
//
// Invariants:
//  1. A provider is one that the account registered with IAM, with a client of that provider's list; its role is of the
//     account, and its maker may pass it (iam:PassRole to console.weir).
//  2. A client's secret is never shown, and never goes to another provider or client than it was given for.
//
// Threads: as the Call.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "app/call.h"
#include "identity/oidc_provider.h"
#include "identity/saml_provider.h"
#include "people/sign_in_provider.h"

namespace weir::app {

// `wanted` without account and sealed secret. Kind::invalid about "provider" for what cannot be one.
base::Result<people::SignInProvider> put_sign_in_provider(Call& call, people::SignInProvider wanted,
                                                          const std::optional<base::Secret>& secret);
base::Result<std::vector<people::SignInProvider>> list_sign_in_providers(Call& call);
base::Status delete_sign_in_provider(Call& call, const std::string& name);

// For somebody who signs in. not_found for what is not there, whatever is not.
base::Result<people::SignInProvider> find_sign_in_provider(const Call& call, const std::string& account,
                                                           const std::string& name);
base::Result<identity::OidcProvider> oidc_provider_of(const Lake& lake, const people::SignInProvider& provider);
base::Result<identity::SamlProvider> saml_provider_of(const Lake& lake, const people::SignInProvider& provider);
base::Result<base::Secret> open_provider_secret(const Lake& lake, const people::SignInProvider& provider);

// sealed_records.h.
base::Result<bool> seal_anew(people::SignInProvider& provider, const identity::KeyRing& ring,
                             base::Randomness& randomness);

}  // namespace weir::app
