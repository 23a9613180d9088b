// What an identity provider says of itself, as an administrator uploads it (CreateSAMLProvider).
//
// The document's own signature is not looked at: the administrator who uploads it is who vouches for it.
// Nothing in it is ever fetched.
//
// Refused, with invalid about "SAMLMetadataDocument": fewer than 1,000 or more than 10,000,000 characters,
// a document type, no identity provider, the same entityID twice, more than 10 identity providers or
// certificates, a signing key without certificate or too weak (IAM quotas; docs/wire/federation.md lists our choices).
//
// Threads: values and a free function.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "identity/saml/signing_key.h"

namespace weir::identity::saml {

inline constexpr size_t kMetadataMin = 1'000;
inline constexpr size_t kMetadataMax = 10'000'000;
inline constexpr size_t kCertificatesMax = 10;  // in all; so there are no more than ten providers, either

struct IdentityProvider {
  std::string entity_id;
  std::vector<SigningKey> signing_keys;      // at least one; several while the provider rolls its key over
  std::optional<base::Instant> valid_until;  // its own, or that of the list it stands in, whichever is earlier
  std::string sign_in_url;                   // for requests by HTTP-Redirect; empty when it takes none
};

struct Metadata {
  std::vector<IdentityProvider> providers;
  std::optional<base::Instant> valid_until;  // the earliest; IAM shows it as ValidUntil

  const IdentityProvider* find(std::string_view entity_id) const;
};

base::Result<Metadata> parse_metadata(std::string_view text);

}  // namespace weir::identity::saml
