// An OpenID Connect provider of an account: an issuer, and the client ids whose tokens count.
#pragma once
#include <string>
#include <vector>

#include "base/clock.h"
#include "identity/tag.h"
#include "names/arn.h"

namespace weir::identity {

struct OidcProvider {
  names::AccountId account;
  std::string name;  // the issuer without https://, spelt as given
  base::Instant created{};
  std::vector<std::string> client_ids;
  std::vector<std::string> thumbprints;  // shown; TLS is verified against certificate authorities
  Tags tags;

  std::string arn() const { return names::oidc_provider_arn(account, name); }
  std::string issuer() const { return "https://" + name; }
};
WEIR_RECORD(OidcProvider, FIELD("Account", &OidcProvider::account), FIELD("Name", &OidcProvider::name),
            FIELD("Created", &OidcProvider::created), FIELD("ClientIds", &OidcProvider::client_ids),
            FIELD("Thumbprints", &OidcProvider::thumbprints), FIELD("Tags", &OidcProvider::tags))

}  // namespace weir::identity
