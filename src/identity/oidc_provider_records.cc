#include "identity/oidc_provider_records.h"

#include <algorithm>

namespace weir::identity {
namespace {

constexpr size_t kClientIdLengthMax = 255;

base::Status check_client_ids(const std::vector<std::string>& ids) {
  if (ids.size() > kClientIdsMax)
    return base::fail(base::Kind::limit_exceeded, "Cannot exceed quota for ClientIdsPerOpenIdConnectProvider: 100",
                      "client id");
  for (const auto& id : ids)
    if (id.empty() || id.size() > kClientIdLengthMax)
      return base::invalid("A client id has 1 to 255 characters.", "client id");
  return {};
}

bool is_thumbprint(const std::string& text) {
  return text.size() == 40 && text.find_first_not_of("0123456789abcdefABCDEF") == std::string::npos;
}

base::Status check_thumbprints(const std::vector<std::string>& thumbprints) {
  if (thumbprints.size() > kThumbprintsMax)
    return base::invalid("Thumbprint list must contain fewer than 5 entries.", "thumbprints");
  if (!std::all_of(thumbprints.begin(), thumbprints.end(), is_thumbprint))
    return base::invalid("A thumbprint has 40 hexadecimal digits.", "thumbprints");
  return {};
}

base::Status check(const NewOidcProvider& wanted) {
  WEIR_CHECK_OK(check_client_ids(wanted.client_ids));
  WEIR_CHECK_OK(check_thumbprints(wanted.thumbprints));
  return check_tags(wanted.tags);
}

}  // namespace

base::Error no_such_oidc_provider(std::string_view arn) {
  return base::not_found("OpenIDConnect Provider not found for arn " + std::string(arn.substr(0, 320)),
                         "oidc provider");
}

base::Status OidcProviderRecords::save_provider(const OidcProvider& provider) {
  return save(tx_, keys::oidc_provider(account_, provider.name), provider);
}

base::Result<OidcProvider> OidcProviderRecords::create(const NewOidcProvider& wanted, base::Instant now) {
  WEIR_CHECK_OK(check(wanted));
  WEIR_TRY(bool taken, exists(tx_, keys::oidc_provider(account_, wanted.name)));
  if (taken)
    return base::already_exists("Provider with url https://" + wanted.name + " already exists.", "oidc provider");
  WEIR_TRY(auto others, list());
  if (others.size() >= kOidcProvidersMax)
    return base::fail(base::Kind::limit_exceeded, "Cannot exceed quota for OpenIdConnectProvidersPerAccount: 100",
                      "oidc provider");
  OidcProvider provider{account_, wanted.name, now, wanted.client_ids, wanted.thumbprints, wanted.tags};
  WEIR_CHECK_OK(save_provider(provider));
  return provider;
}

base::Result<OidcProvider> OidcProviderRecords::get(std::string_view name) {
  WEIR_TRY(auto found, load<OidcProvider>(tx_, keys::oidc_provider(account_, name)));
  // Tokens and trust policies spell an issuer exactly as it is.
  if (!found || found->name != name) return no_such_oidc_provider(names::oidc_provider_arn(account_, name));
  return std::move(*found);
}

base::Result<std::vector<OidcProvider>> OidcProviderRecords::list() {
  WEIR_TRY(auto entries, all_under(tx_, keys::oidc_providers(account_)));
  std::vector<OidcProvider> out;
  for (const auto& entry : entries) {
    WEIR_TRY(auto provider, base::decode_record<OidcProvider>(entry.value));
    out.push_back(std::move(provider));
  }
  return out;
}

base::Status OidcProviderRecords::erase(std::string_view name) {
  WEIR_TRY(auto provider, get(name));
  return tx_.erase(keys::oidc_provider(account_, provider.name));
}

base::Status OidcProviderRecords::add_client_id(std::string_view name, std::string_view client_id) {
  WEIR_TRY(auto provider, get(name));
  auto& ids = provider.client_ids;
  if (std::find(ids.begin(), ids.end(), client_id) != ids.end()) return {};
  ids.emplace_back(client_id);
  WEIR_CHECK_OK(check_client_ids(ids));
  return save_provider(provider);
}

base::Status OidcProviderRecords::remove_client_id(std::string_view name, std::string_view client_id) {
  WEIR_TRY(auto provider, get(name));
  std::erase(provider.client_ids, client_id);
  return save_provider(provider);
}

base::Status OidcProviderRecords::set_thumbprints(std::string_view name, std::vector<std::string> thumbprints) {
  WEIR_CHECK_OK(check_thumbprints(thumbprints));
  WEIR_TRY(auto provider, get(name));
  provider.thumbprints = std::move(thumbprints);
  return save_provider(provider);
}

base::Status OidcProviderRecords::tag(std::string_view name, const Tags& tags) {
  WEIR_CHECK_OK(check_tags(tags));
  WEIR_TRY(auto provider, get(name));
  provider.tags = merged_tags(std::move(provider.tags), tags);
  WEIR_CHECK_OK(check_tags(provider.tags));
  return save_provider(provider);
}

base::Status OidcProviderRecords::untag(std::string_view name, const std::vector<std::string>& keys) {
  WEIR_TRY(auto provider, get(name));
  provider.tags = without_tags(std::move(provider.tags), keys);
  return save_provider(provider);
}

}  // namespace weir::identity
