#include "app/people/sign_in_providers.h"

#include <algorithm>

#include "app/people/people_groups.h"
#include "app/people/pool_access.h"
#include "base/text.h"
#include "identity/oidc_provider_records.h"
#include "identity/saml_provider_records.h"
#include "identity/sealed_secrets.h"

namespace weir::app {

using people::ProviderKind;
using people::SignInProvider;
using people::SignInProviderRecords;

namespace {

constexpr char kConsole[] = "console.weir";
constexpr size_t kScopesMax = 20;

base::Error refused(std::string says) { return base::invalid(std::move(says), "provider"); }

std::string purpose_of(const SignInProvider& provider) {
  return "sign-in-provider/" + provider.account + "/" + provider.name;
}

Ask ask_of(const Call& call, std::string action, const std::string& name) {
  const auto& account = call.caller().account();
  return {std::move(action), "arn:aws:weir:" + call.lake().region + ":" + account + ":sign-in-provider/" + name,
          account};
}

// What stands behind "oidc-provider/" or "saml-provider/" in the ARN.
base::Result<std::string> name_in_iam(const SignInProvider& provider) {
  std::string_view kind = provider.kind == ProviderKind::oidc ? "oidc-provider/" : "saml-provider/";
  auto arn = names::Arn::parse(provider.provider);
  bool fits = arn.ok() && arn->service == "iam" && arn->account == provider.account && arn->resource.starts_with(kind);
  if (!fits) return refused("ProviderArn is not that of a provider of this kind and account.");
  return arn->resource.substr(kind.size());
}

// A scope token (RFC 6749, 3.3).
bool is_scope(const std::string& text) {
  return !text.empty() &&
         std::ranges::all_of(text, [](char c) { return c > ' ' && c < 0x7f && c != '"' && c != '\\'; });
}

base::Status check_oidc(const Lake& lake, SignInProvider& wanted) {
  if (wanted.decorated) return refused("LakeFormationPrincipals is for SAML.");
  if (wanted.role.empty()) return refused("An OIDC provider needs a RoleArn.");
  if (wanted.scopes.empty()) wanted.scopes = {"openid"};
  bool scopes = wanted.scopes.size() <= kScopesMax && std::ranges::all_of(wanted.scopes, is_scope);
  if (!scopes || std::ranges::find(wanted.scopes, "openid") == wanted.scopes.end())
    return refused("Scopes are at most 20, one of them openid.");
  WEIR_TRY(auto provider, oidc_provider_of(lake, wanted));
  if (std::ranges::find(provider.client_ids, wanted.client) == provider.client_ids.end())
    return refused("ClientId is not in the provider's list.");
  return {};
}

base::Status check_saml(const Lake& lake, const SignInProvider& wanted, bool has_secret) {
  if (!wanted.client.empty() || has_secret || !wanted.scopes.empty())
    return refused("ClientId, ClientSecret and Scopes are for OIDC.");
  auto provider = saml_provider_of(lake, wanted);
  return provider.ok() ? base::Status() : base::Status(provider.error());
}

base::Status check(const Lake& lake, SignInProvider& wanted, bool has_secret) {
  if (base::trim(wanted.name).size() != wanted.name.size() || base::has_control_characters(wanted.name))
    return refused("The name is what a button says: printable, without spaces around it.");
  switch (wanted.kind) {
    case ProviderKind::oidc: return check_oidc(lake, wanted);
    case ProviderKind::saml: return check_saml(lake, wanted, has_secret);
  }
  return {};
}

// The secret given; else the one there was, for the same provider and client.
void settle_secret(Lake& lake, SignInProvider& wanted, const std::optional<base::Secret>& secret,
                   const std::optional<SignInProvider>& before) {
  if (secret) wanted.sealed_secret = identity::seal_secret(lake.keys, purpose_of(wanted), *secret, lake.randomness);
  bool same = before && before->provider == wanted.provider && before->client == wanted.client;
  if (!secret && same) wanted.sealed_secret = before->sealed_secret;
}

template <class T>
base::Result<T> or_not_there(base::Result<T> found) {
  if (!found.ok() && found.error().kind == base::Kind::not_found)
    return refused("ProviderArn: IAM has no such provider.");
  return found;
}

}  // namespace

base::Result<identity::OidcProvider> oidc_provider_of(const Lake& lake, const SignInProvider& provider) {
  WEIR_TRY(auto name, name_in_iam(provider));
  WEIR_TRY(auto account, names::AccountId::parse(provider.account));
  WEIR_TRY(auto tx, lake.store.begin(store::Mode::read));
  return or_not_there(identity::OidcProviderRecords(*tx, account).get(name));
}

base::Result<identity::SamlProvider> saml_provider_of(const Lake& lake, const SignInProvider& provider) {
  WEIR_TRY(auto name, name_in_iam(provider));
  WEIR_TRY(auto account, names::AccountId::parse(provider.account));
  WEIR_TRY(auto tx, lake.store.begin(store::Mode::read));
  return or_not_there(identity::SamlProviderRecords(*tx, account).get(name));
}

base::Result<base::Secret> open_provider_secret(const Lake& lake, const SignInProvider& provider) {
  return identity::open_secret(lake.keys, purpose_of(provider), provider.sealed_secret);
}

base::Result<bool> seal_anew(SignInProvider& provider, const identity::KeyRing& ring, base::Randomness& randomness) {
  return identity::seal_text_anew(ring, purpose_of(provider), provider.sealed_secret, randomness);
}

base::Result<SignInProvider> put_sign_in_provider(Call& call, SignInProvider wanted,
                                                  const std::optional<base::Secret>& secret) {
  call.about("name", wanted.name);
  call.about("providerArn", wanted.provider);
  call.about("roleArn", wanted.role);
  WEIR_CHECK_OK(call.authorize(ask_of(call, "weir:PutSignInProvider", wanted.name)));
  if (!wanted.role.empty()) WEIR_CHECK_OK(check_passed_role(call, wanted.role, kConsole));
  wanted.account = call.caller().account();
  WEIR_CHECK_OK(check(call.lake(), wanted, secret.has_value()));
  WEIR_CHECK_OK(store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    SignInProviderRecords records(tx);
    WEIR_TRY(auto before, records.find(wanted.account, wanted.name));
    WEIR_TRY(auto all, records.list(wanted.account));
    if (!before && all.size() >= people::kSignInProvidersMax)
      return base::fail(base::Kind::limit_exceeded, "The account has 20 sign-in providers.", "provider");
    settle_secret(call.lake(), wanted, secret, before);
    return records.put(wanted);
  }));
  return wanted;
}

base::Result<std::vector<SignInProvider>> list_sign_in_providers(Call& call) {
  WEIR_CHECK_OK(call.authorize(Ask{"weir:ListSignInProviders"}));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  return SignInProviderRecords(*tx).list(call.caller().account());
}

base::Status delete_sign_in_provider(Call& call, const std::string& name) {
  call.about("name", name);
  WEIR_CHECK_OK(call.authorize(ask_of(call, "weir:DeleteSignInProvider", name)));
  return store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    SignInProviderRecords records(tx);
    WEIR_TRY(auto there, records.find(call.caller().account(), name));
    if (!there) return people::no_such_sign_in_provider();
    return records.erase(*there);
  });
}

base::Result<SignInProvider> find_sign_in_provider(const Call& call, const std::string& account,
                                                   const std::string& name) {
  if (!is_open_account(call, account)) return people::no_such_sign_in_provider();
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  WEIR_TRY(auto found, SignInProviderRecords(*tx).find(account, name));
  if (!found) return people::no_such_sign_in_provider();
  return std::move(*found);
}

}  // namespace weir::app
