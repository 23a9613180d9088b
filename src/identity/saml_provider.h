// A SAML identity provider of an account: its metadata as uploaded, and the keys that open its assertions.
//
// The private keys are sealed with the storage key (key_ring.h) and never leave again; an administrator sees their
// ids and dates.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "identity/tag.h"
#include "names/arn.h"

namespace weir::identity {

struct ProviderKey {
  std::string id;
  base::Instant added{};
  std::string sealed;  // PEM
};
WEIR_RECORD(ProviderKey, FIELD("Id", &ProviderKey::id), FIELD("Added", &ProviderKey::added),
            FIELD("Sealed", &ProviderKey::sealed))

struct SamlProvider {
  names::AccountId account;
  std::string name;
  std::string uuid;
  base::Instant created{};
  std::string metadata;
  std::optional<base::Instant> valid_until;
  std::string encryption;  // AssertionEncryptionMode: Required, Allowed, or empty when never set
  std::vector<ProviderKey> private_keys;
  Tags tags;

  std::string arn() const { return names::saml_provider_arn(account, name); }
  bool requires_encryption() const { return encryption == "Required"; }
};
WEIR_RECORD(SamlProvider, FIELD("Account", &SamlProvider::account), FIELD("Name", &SamlProvider::name),
            FIELD("Uuid", &SamlProvider::uuid), FIELD("Created", &SamlProvider::created),
            FIELD("Metadata", &SamlProvider::metadata), FIELD("ValidUntil", &SamlProvider::valid_until),
            FIELD("Encryption", &SamlProvider::encryption), FIELD("PrivateKeys", &SamlProvider::private_keys),
            FIELD("Tags", &SamlProvider::tags))

}  // namespace weir::identity
