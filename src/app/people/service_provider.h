// This server as a SAML service provider: its console is where companies' identity providers send people back to.
//
// Each account's console has an entity id of its own, so that an assertion for one is not taken for another's; the
// address that assertions are posted to is one for all.
//
// INVARIANT: a request's id says that this deployment made it, for which provider and until when, and nobody else can
// make one. It is not kept: an assertion is used once anyway (federation_replay.h).
//
// Threads: free functions.
#pragma once
#include <string>
#include <string_view>

#include "app/lake.h"
#include "identity/saml/authn_request.h"

namespace weir::app {

inline constexpr std::string_view kSignedInPath = "/-/console/signed-in";             // OIDC: redirect_uri
inline constexpr std::string_view kAssertionPath = "/-/console/saml";                 // SAML: assertion consumer
inline constexpr std::string_view kServiceMetadataPath = "/-/console/saml/metadata";  // ?account=ACCOUNT

// `path` below the address people reach this server at.
std::string address_here(const Lake& lake, std::string_view path);

identity::saml::ServiceProvider service_provider(const Lake& lake, std::string_view account);

// For an hour: how long people may take at their provider.
std::string fresh_request_id(Lake& lake, const std::string& provider_arn, base::Instant now);
bool is_request_of(const Lake& lake, const std::string& provider_arn, std::string_view id, base::Instant now);

}  // namespace weir::app
