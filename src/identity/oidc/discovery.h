// An issuer: its address, the document it describes itself with (OpenID Connect Discovery 1.0), and where that
// says its keys are.
//
// INVARIANT: a description counts only for the issuer it names, letter for letter; or any server that we can be
// sent to could describe any issuer.
//
// Addresses are checked for their shape only. That a host's address is one we may connect to is the HTTP
// client's to see, at each connection.
//
// Threads: values and free functions.
#pragma once
#include <string>
#include <string_view>

#include "base/result.h"

namespace weir::identity::oidc {

inline constexpr size_t kDiscoveryBytesMax = 256 * 1024;
inline constexpr size_t kIssuerMax = 255;

enum class Transport {
  https_only,
  http_too,  // for a provider on a developer's machine; a setting, never a default
};

// No user, query or fragment; invalid about "Url", as CreateOpenIDConnectProvider says it.
base::Status check_issuer(std::string_view issuer, Transport transport);

// What stands after "oidc-provider/" in the provider's ARN and before ":aud" in condition keys.
std::string provider_name(std::string_view issuer);
std::string discovery_url(std::string_view issuer);

// What a description says of addresses. Without those of signing in it is good for keys all the same.
struct Endpoints {
  std::string keys;           // jwks_uri
  std::string authorization;  // empty: none, or none that we go to
  std::string token;
  bool secret_in_body = false;  // client_secret_post; else HTTP Basic, which is what counts when nothing is said
};
// Errors: provider_unreachable.
base::Result<Endpoints> read_endpoints(std::string_view document, std::string_view issuer, Transport transport);

// Whether a browser may be sent to it: absolute, without user or fragment, nothing that two readers read differently.
bool is_plain_url(std::string_view url, Transport transport);

}  // namespace weir::identity::oidc
