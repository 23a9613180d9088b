// What a service provider says itself: the request that sends a person to their identity provider (SAML 2.0 core, 3.4;
// bindings, 3.4: HTTP-Redirect), and its own description (metadata).
//
// Requests are not signed: what they ask for is held against nothing, and the answer is judged by its own signature.
//
// Threads: values and pure functions.
#pragma once
#include <string>
#include <string_view>

#include "base/clock.h"

namespace weir::identity::saml {

// Who asks: its entity id, and where answers are posted to.
struct ServiceProvider {
  std::string entity_id;
  std::string consumer_url;
};

struct AuthnRequest {
  ServiceProvider from;
  std::string id;           // an NCName
  std::string destination;  // the provider's address for HTTP-Redirect
  base::Instant issued{};
};

std::string to_xml(const AuthnRequest& request);

// Where a browser takes the request: it is compressed into the address. `relay_state` comes back with the answer.
std::string redirect_url(const AuthnRequest& request, std::string_view relay_state);

// The description that a company's administrator gives to the identity provider.
std::string metadata_of(const ServiceProvider& provider);

}  // namespace weir::identity::saml
