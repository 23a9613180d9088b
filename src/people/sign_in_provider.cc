#include "people/sign_in_provider.h"

#include "people/keys.h"
#include "store/record_access.h"

namespace weir::people {
namespace {

constexpr std::string_view kKind = "sign-in-provider";

}  // namespace

std::string_view to_string(ProviderKind kind) {
  switch (kind) {
    case ProviderKind::oidc: return "OIDC";
    case ProviderKind::saml: return "SAML";
  }
  return {};
}

base::Result<ProviderKind> parse_provider_kind(std::string_view text) {
  for (auto kind : {ProviderKind::oidc, ProviderKind::saml})
    if (text == to_string(kind)) return kind;
  return base::invalid("A sign-in provider is of the kind OIDC or SAML.", "provider");
}

base::Json to_json(const ProviderKind& kind) { return std::string(to_string(kind)); }

base::Status from_json(const base::Json& json, ProviderKind& kind) {
  const auto* text = json.as_string();
  WEIR_TRY(kind, parse_provider_kind(text ? *text : ""));
  return {};
}

base::Result<std::optional<SignInProvider>> SignInProviderRecords::find(std::string_view account,
                                                                        std::string_view name) {
  return store::load<SignInProvider>(tx_, keys::of(kKind, account, name));
}

base::Result<std::vector<SignInProvider>> SignInProviderRecords::list(std::string_view account) {
  WEIR_TRY(auto entries, tx_.scan(store::prefix_range(keys::of(kKind, account)), kSignInProvidersMax));
  std::vector<SignInProvider> out;
  for (const auto& entry : entries) {
    WEIR_TRY(auto provider, base::decode_record<SignInProvider>(entry.value));
    out.push_back(std::move(provider));
  }
  return out;
}

base::Status SignInProviderRecords::put(const SignInProvider& provider) {
  return store::save(tx_, keys::of(kKind, provider.account, provider.name), provider);
}

base::Status SignInProviderRecords::erase(const SignInProvider& provider) {
  return tx_.erase(keys::of(kKind, provider.account, provider.name));
}

std::string every_sign_in_provider() { return keys::of(kKind); }

base::Error no_such_sign_in_provider() { return base::not_found("There is no such sign-in provider.", "provider"); }

}  // namespace weir::people
