// SAML providers of an account. See records.h for the kinds of refusal.
//
// Threads: as the transaction.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/secret.h"
#include "identity/key_ring.h"
#include "identity/records.h"
#include "identity/saml_provider.h"

namespace weir::identity {

inline constexpr size_t kSamlProvidersMax = 100;  // of an account
inline constexpr size_t kProviderKeysMax = 2;

struct NewSamlProvider {
  std::string name;
  std::string metadata;  // parsed by whoever asks: what it says is not judged here
  std::optional<base::Instant> valid_until;
  std::string encryption;
  Tags tags;
};

struct SamlProviderChange {
  struct Metadata {
    std::string text;
    std::optional<base::Instant> valid_until;
  };
  std::optional<Metadata> metadata;
  std::optional<std::string> encryption;
  std::optional<base::Secret> add_key;  // PEM
  std::optional<std::string> remove_key;
};

class SamlProviderRecords {
 public:
  SamlProviderRecords(store::Transaction& tx, names::AccountId account) : tx_(tx), account_(std::move(account)) {}

  base::Result<SamlProvider> create(const NewSamlProvider& wanted, base::Instant now, base::Randomness& randomness);
  base::Result<SamlProvider> get(std::string_view name);
  base::Result<std::vector<SamlProvider>> list();
  base::Result<SamlProvider> update(std::string_view name, const SamlProviderChange& change, const KeyRing& ring,
                                    base::Instant now, base::Randomness& randomness);
  base::Status erase(std::string_view name);
  base::Status tag(std::string_view name, const Tags& tags);
  base::Status untag(std::string_view name, const std::vector<std::string>& keys);

 private:
  base::Status save_provider(const SamlProvider& provider);

  store::Transaction& tx_;
  names::AccountId account_;
};

// A private key in PEM; internal when the ring lacks the key that sealed it.
base::Result<base::Secret> open_private_key(const SamlProvider& provider, const ProviderKey& key, const KeyRing& ring);

// As seal_access_keys_anew(), for the private keys of the providers of all accounts; counts providers.
base::Result<size_t> seal_provider_keys_anew(store::Transaction& tx, const KeyRing& ring, size_t limit,
                                             base::Randomness& randomness);

base::Error no_such_saml_provider(std::string_view arn);

}  // namespace weir::identity
