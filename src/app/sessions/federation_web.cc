#include "app/sessions/federation_web.h"

#include <algorithm>

#include "app/sessions/web_identity_keys.h"
#include "base/text.h"
#include "identity/oidc/discovery.h"
#include "identity/oidc/faults.h"
#include "identity/oidc/strict_json.h"
#include "identity/oidc_provider_records.h"

namespace weir::app {
namespace {

namespace oidc = identity::oidc;

base::Error no_such_provider(const std::string& issuer) {
  return oidc::invalid_token("No OpenIDConnect provider found in your account for " + issuer.substr(0, 255),
                             "no such provider");
}

// Of the account of the role that is asked for: its administrator says whose word counts there.
base::Result<identity::OidcProvider> find_provider(Call& call, const std::string& role_arn, const std::string& issuer) {
  auto role = names::Arn::parse(role_arn);
  auto account = names::AccountId::parse(role.ok() ? role->account : "");
  if (!account.ok() || !oidc::check_issuer(issuer, oidc::Transport::https_only).ok()) return no_such_provider(issuer);
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  auto found = identity::OidcProviderRecords(*tx, *account).get(oidc::provider_name(issuer));
  if (!found.ok() && found.error().kind == base::Kind::not_found) return no_such_provider(issuer);
  return found;
}

// Condition keys know no case: of claims that differ in nothing else none becomes one, nor one that differs so from
// what is set from the claims that were judged.
bool has_key_of_its_own(const base::Json::Object& all, const std::string& name) {
  for (std::string_view judged : {"aud", "oaud", "sub", "amr"})
    if (base::equal_ignoring_case(name, judged)) return false;
  return std::count_if(all.begin(), all.end(),
                       [&](const auto& one) { return base::equal_ignoring_case(one.first, name); }) == 1;
}

// What is neither a text, a truth value nor a list of texts is left out.
void add_claim(const std::string& key, const base::Json& value, policy::Context& into) {
  if (const auto* text = value.as_string()) return void(into.set(key, *text));
  if (const auto* truth = value.as_bool()) return void(into.set(key, *truth ? "true" : "false"));
  if (auto list = oidc::texts(&value); !list.empty()) into.set_list(key, std::move(list));
}

std::vector<std::string> claimed_addresses(const base::Json& claims) {
  auto email = claims.text("email");
  return email.empty() ? std::vector<std::string>() : std::vector{std::move(email)};
}

}  // namespace

policy::Context WebSignIn::conditions() const {
  policy::Context out;
  const auto& all = *claims.all.as_object();
  for (const auto& [name, value] : all)
    if (has_key_of_its_own(all, name) && !name.starts_with("https://aws.amazon.com/"))
      add_claim(provider.name + ":" + name, value, out);
  out.set(provider.name + ":aud", claims.audience);
  out.set(provider.name + ":sub", claims.subject);
  out.set_list(provider.name + ":oaud", claims.audiences);
  if (!claims.methods.empty()) out.set_list(provider.name + ":amr", claims.methods);
  return out;
}

identity::SignIn WebSignIn::kept() const {
  return {.provider = provider.arn(),
          .subject = claims.subject,
          .subject_type = {},
          .name_qualifier = {},
          .audience = claims.audience,
          .methods = claims.methods,
          .addresses = claimed_addresses(claims.all)};
}

identity::Principal WebSignIn::person() const {
  return identity::federated_identity({provider.arn(), claims.subject, provider.arn() + ":" + claims.audience});
}

base::Result<WebSignIn> read_web_sign_in(Call& call, const std::string& role_arn, const std::string& token) {
  WEIR_TRY(auto address, oidc::read_address(token));
  WEIR_TRY(auto provider, find_provider(call, role_arn, address.issuer));
  auto* sources = call.lake().web_identity_keys;
  if (!sources) return oidc::provider_unreachable("this server asks no provider for keys");
  WEIR_TRY(auto keys, sources->keys_for(provider.account.text(), address, call.now()));
  oidc::Expectation expected{
      .issuer = provider.issuer(), .audiences = provider.client_ids, .keys = *keys, .now = call.now()};
  WEIR_TRY(auto claims, oidc::verify(token, expected));
  return WebSignIn{std::move(provider), std::move(claims)};
}

}  // namespace weir::app
