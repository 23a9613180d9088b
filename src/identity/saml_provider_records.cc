#include "identity/saml_provider_records.h"

#include <algorithm>

#include "identity/account.h"
#include "identity/naming.h"

namespace weir::identity {
namespace {

constexpr size_t kKeyIdLength = 22;

std::string purpose_of(const SamlProvider& provider, std::string_view key_id) {
  return "saml-provider/" + provider.uuid + "/" + std::string(key_id);
}

base::Status check_encryption(const SamlProvider& provider) {
  bool known = provider.encryption.empty() || provider.encryption == "Required" || provider.encryption == "Allowed";
  if (!known) return base::invalid("AssertionEncryptionMode must be Required or Allowed.", "encryption");
  if (provider.requires_encryption() && provider.private_keys.empty())
    return base::invalid("AssertionEncryptionMode Required needs a private key.", "encryption");
  return {};
}

base::Status add_key(SamlProvider& provider, const base::Secret& pem, const KeyRing& ring, base::Instant now,
                     base::Randomness& randomness) {
  if (provider.private_keys.size() >= kProviderKeysMax)
    return base::fail(base::Kind::limit_exceeded, "Cannot exceed quota for PrivateKeysPerSAMLProvider: 2", "key");
  auto id = randomness.text(kKeyIdLength, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
  provider.private_keys.push_back({id, now, seal_secret(ring, purpose_of(provider, id), pem, randomness)});
  return {};
}

base::Status remove_key(SamlProvider& provider, std::string_view id) {
  if (std::erase_if(provider.private_keys, [&](const auto& key) { return key.id == id; }) > 0) return {};
  return base::not_found("The SAML provider has no private key " + std::string(id.substr(0, 64)) + ".", "key");
}

bool is_up_to_date(const SamlProvider& provider, const KeyRing& ring) {
  return std::all_of(provider.private_keys.begin(), provider.private_keys.end(),
                     [&](const auto& key) { return is_sealed_with_active(ring, key.sealed); });
}

base::Status seal_keys_anew(SamlProvider& provider, const KeyRing& ring, base::Randomness& randomness) {
  for (auto& key : provider.private_keys) {
    WEIR_TRY(auto pem, open_private_key(provider, key, ring));
    key.sealed = seal_secret(ring, purpose_of(provider, key.id), pem, randomness);
  }
  return {};
}

}  // namespace

base::Error no_such_saml_provider(std::string_view arn) {
  return base::not_found("Manifest not found for arn " + std::string(arn.substr(0, 256)), "saml provider");
}

base::Result<base::Secret> open_private_key(const SamlProvider& provider, const ProviderKey& key, const KeyRing& ring) {
  return open_secret(ring, purpose_of(provider, key.id), key.sealed);
}

base::Status SamlProviderRecords::save_provider(const SamlProvider& provider) {
  return save(tx_, keys::saml_provider(account_, provider.name), provider);
}

base::Result<SamlProvider> SamlProviderRecords::create(const NewSamlProvider& wanted, base::Instant now,
                                                       base::Randomness& randomness) {
  WEIR_CHECK_OK(check_saml_provider_name(wanted.name));
  WEIR_CHECK_OK(check_tags(wanted.tags));
  WEIR_TRY(bool taken, exists(tx_, keys::saml_provider(account_, wanted.name)));
  if (taken) return base::already_exists("SAMLProvider with name " + wanted.name + " already exists.", "saml provider");
  WEIR_TRY(auto others, list());
  if (others.size() >= kSamlProvidersMax)
    return base::fail(base::Kind::limit_exceeded, "Cannot exceed quota for SAMLProvidersPerAccount: 100",
                      "saml provider");
  SamlProvider provider{.account = account_,
                        .name = wanted.name,
                        .uuid = base::uuid(randomness),
                        .created = now,
                        .metadata = wanted.metadata,
                        .valid_until = wanted.valid_until,
                        .encryption = wanted.encryption,
                        .private_keys = {},
                        .tags = wanted.tags};
  WEIR_CHECK_OK(save_provider(provider));
  return provider;
}

base::Result<SamlProvider> SamlProviderRecords::get(std::string_view name) {
  WEIR_TRY(auto found, load<SamlProvider>(tx_, keys::saml_provider(account_, name)));
  // Trust policies and grants spell a provider exactly as it is.
  if (!found || found->name != name) return no_such_saml_provider(names::saml_provider_arn(account_, name));
  return std::move(*found);
}

base::Result<std::vector<SamlProvider>> SamlProviderRecords::list() {
  WEIR_TRY(auto entries, all_under(tx_, keys::saml_providers(account_)));
  std::vector<SamlProvider> out;
  for (const auto& entry : entries) {
    WEIR_TRY(auto provider, base::decode_record<SamlProvider>(entry.value));
    out.push_back(std::move(provider));
  }
  return out;
}

base::Result<SamlProvider> SamlProviderRecords::update(std::string_view name, const SamlProviderChange& change,
                                                       const KeyRing& ring, base::Instant now,
                                                       base::Randomness& randomness) {
  WEIR_TRY(auto provider, get(name));
  if (change.metadata) {
    provider.metadata = change.metadata->text;
    provider.valid_until = change.metadata->valid_until;
  }
  provider.encryption = change.encryption.value_or(provider.encryption);
  if (change.remove_key) WEIR_CHECK_OK(remove_key(provider, *change.remove_key));
  if (change.add_key) WEIR_CHECK_OK(add_key(provider, *change.add_key, ring, now, randomness));
  WEIR_CHECK_OK(check_encryption(provider));
  WEIR_CHECK_OK(save_provider(provider));
  return provider;
}

base::Status SamlProviderRecords::erase(std::string_view name) {
  WEIR_TRY(auto provider, get(name));
  return tx_.erase(keys::saml_provider(account_, provider.name));
}

base::Status SamlProviderRecords::tag(std::string_view name, const Tags& tags) {
  WEIR_CHECK_OK(check_tags(tags));
  WEIR_TRY(auto provider, get(name));
  provider.tags = merged_tags(std::move(provider.tags), tags);
  WEIR_CHECK_OK(check_tags(provider.tags));
  return save_provider(provider);
}

base::Status SamlProviderRecords::untag(std::string_view name, const std::vector<std::string>& keys) {
  WEIR_TRY(auto provider, get(name));
  provider.tags = without_tags(std::move(provider.tags), keys);
  return save_provider(provider);
}

base::Result<size_t> seal_provider_keys_anew(store::Transaction& tx, const KeyRing& ring, size_t limit,
                                             base::Randomness& randomness) {
  size_t done = 0;
  WEIR_TRY(auto accounts, all_under(tx, keys::accounts()));
  for (const auto& entry : accounts) {
    WEIR_TRY(auto account, base::decode_record<Account>(entry.value));
    WEIR_TRY(auto providers, SamlProviderRecords(tx, account.id).list());
    for (auto& provider : providers) {
      if (is_up_to_date(provider, ring)) continue;
      if (done == limit) return done;
      WEIR_CHECK_OK(seal_keys_anew(provider, ring, randomness));
      WEIR_CHECK_OK(save(tx, keys::saml_provider(provider.account, provider.name), provider));
      ++done;
    }
  }
  return done;
}

}  // namespace weir::identity
