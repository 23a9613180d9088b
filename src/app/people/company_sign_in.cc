#include "app/people/company_sign_in.h"

#include <algorithm>

#include "app/people/service_provider.h"
#include "app/people/sign_in_attempts.h"
#include "app/people/sign_in_faults.h"
#include "app/people/sign_in_providers.h"
#include "app/sessions/federation_web.h"
#include "app/sessions/web_identity_keys.h"
#include "base/hash.h"
#include "base/text.h"
#include "events/http_words.h"
#include "identity/oidc/discovery.h"
#include "identity/oidc/faults.h"
#include "identity/saml/metadata.h"

namespace weir::app {

using people::ProviderKind;
using people::SignInProvider;
namespace oidc = identity::oidc;

namespace {

constexpr size_t kRefreshTokenMax = 8192, kReasonMax = 100;

// Nobody who signs in can help it: the log says what an administrator has to change.
base::Error not_set_up(std::string log) {
  return not_signed_in("This way of signing in is not set up completely. Please tell an administrator.",
                       std::move(log));
}

// --- the way there

std::string challenge_of(const base::Secret& verifier) { return base::base64url(base::sha256(verifier.reveal())); }

// While the client is one that IAM still lists: what was taken away there signs nobody in.
base::Result<oidc::Endpoints> endpoints_of(Call& call, const SignInProvider& provider, std::string& issuer) {
  auto known = oidc_provider_of(call.lake(), provider);
  if (!known.ok()) return not_set_up(known.error().says);
  if (std::ranges::find(known->client_ids, provider.client) == known->client_ids.end())
    return not_set_up("IAM does not list the client any more");
  issuer = known->issuer();
  auto* sources = call.lake().web_identity_keys;
  if (!sources) return oidc::provider_unreachable("this server asks no provider");
  WEIR_TRY(auto endpoints, sources->endpoints_of(provider.account, issuer, call.now()));
  if (endpoints.authorization.empty() || endpoints.token.empty())
    return not_set_up("the provider's description has no authorization_endpoint or token_endpoint");
  return endpoints;
}

base::Result<WayToProvider> oidc_way(Call& call, const SignInProvider& provider, const BeginRequest& request) {
  if (request.nonce.empty() || request.verifier.empty())
    return base::invalid("Nonce and CodeVerifier are needed for OIDC.", "provider");
  WayToProvider out{.location = {}, .comes_back_to = address_here(call.lake(), kSignedInPath), .issuer = {}};
  WEIR_TRY(auto endpoints, endpoints_of(call, provider, out.issuer));
  out.location = events::with_query(endpoints.authorization, {{"response_type", "code"},
                                                              {"client_id", provider.client},
                                                              {"redirect_uri", out.comes_back_to},
                                                              {"scope", base::join(provider.scopes, " ")},
                                                              {"state", request.state},
                                                              {"nonce", request.nonce},
                                                              {"code_challenge", challenge_of(request.verifier)},
                                                              {"code_challenge_method", "S256"}});
  return out;
}

// Of several providers in one document nobody can say which one is meant.
base::Result<std::string> sign_in_url(const identity::SamlProvider& provider) {
  WEIR_TRY(auto metadata, identity::saml::parse_metadata(provider.metadata));
  if (metadata.providers.size() != 1) return not_set_up("the metadata has several identity providers");
  const auto& url = metadata.providers.front().sign_in_url;
  if (!oidc::is_plain_url(url, oidc::Transport::https_only))
    return not_set_up("the metadata has no https address for HTTP-Redirect");
  return url;
}

base::Result<WayToProvider> saml_way(Call& call, const SignInProvider& provider, const BeginRequest& request) {
  auto known = saml_provider_of(call.lake(), provider);
  if (!known.ok()) return not_set_up(known.error().says);
  identity::saml::AuthnRequest asked{.from = service_provider(call.lake(), provider.account),
                                     .id = fresh_request_id(call.lake(), provider.provider, call.now()),
                                     .destination = {},
                                     .issued = call.now()};
  WEIR_TRY(asked.destination, sign_in_url(*known));
  return WayToProvider{.location = identity::saml::redirect_url(asked, request.state),
                       .comes_back_to = asked.from.consumer_url,
                       .issuer = {}};
}

base::Result<WayToProvider> way(Call& call, const SignInProvider& provider, const BeginRequest& request) {
  switch (provider.kind) {
    case ProviderKind::oidc: return oidc_way(call, provider, request);
    case ProviderKind::saml: return saml_way(call, provider, request);
  }
  return people::no_such_sign_in_provider();
}

// --- tokens

base::Result<events::Pairs> grant_of(const Lake& lake, const TokenRequest& request) {
  if (request.refresh && !request.code && !request.verifier)
    return events::Pairs{{"grant_type", "refresh_token"}, {"refresh_token", request.refresh->reveal()}};
  if (request.refresh || !request.code || !request.verifier)
    return base::invalid("Either Code and CodeVerifier are needed, or RefreshToken.", "provider");
  return events::Pairs{{"grant_type", "authorization_code"},
                       {"code", request.code->reveal()},
                       {"code_verifier", request.verifier->reveal()},
                       {"redirect_uri", address_here(lake, kSignedInPath)}};
}

// RFC 6749, 2.3.1: both parts are form-encoded before they are joined.
base::Secret basic(const std::string& client, const base::Secret& secret) {
  return base::Secret("Basic " + base::base64(base::uri_encode(client) + ":" + base::uri_encode(secret.reveal())));
}

base::Result<TokenQuestion> question_of(const Lake& lake, const SignInProvider& provider,
                                        const oidc::Endpoints& endpoints, const TokenRequest& request) {
  WEIR_TRY(auto pairs, grant_of(lake, request));
  TokenQuestion question{.url = endpoints.token, .authorization = {}, .form = {}};
  if (provider.sealed_secret.empty()) {
    pairs.emplace_back("client_id", provider.client);
  } else {
    WEIR_TRY(auto secret, open_provider_secret(lake, provider));
    if (endpoints.secret_in_body) {
      pairs.emplace_back("client_id", provider.client);
      pairs.emplace_back("client_secret", secret.reveal());
    } else {
      question.authorization = basic(provider.client, secret);
    }
  }
  question.form = base::Secret(events::form_of(pairs));
  return question;
}

struct Given {
  base::Secret id;
  std::optional<base::Secret> refresh;
};

// RFC 6749, 5.1 and 5.2; OpenID Connect core, 3.1.3.3.
base::Result<Given> read_answer(const TokenAnswer& answer) {
  auto json = base::parse_json(answer.body);
  if (answer.status != 200) {
    auto reason = json.ok() ? json->text("error").substr(0, kReasonMax) : std::string();
    return not_signed_in("The identity provider does not go on with this sign-in.",
                         "the token endpoint answered " + std::to_string(answer.status) + " " + reason);
  }
  if (!json.ok() || json->text("id_token").empty())
    return not_signed_in("The identity provider does not go on with this sign-in.", "no id_token in the answer");
  Given out{base::Secret(json->text("id_token")), {}};
  auto refresh = json->text("refresh_token");
  if (!refresh.empty() && refresh.size() <= kRefreshTokenMax) out.refresh = base::Secret(refresh);
  return out;
}

// A refreshed token may be without nonce (OpenID Connect core, 12.2); another one is of another sign-in.
bool has_nonce(const base::Json& claims, const TokenRequest& request) {
  const auto* nonce = claims.find("nonce");
  if (!nonce) return request.refresh.has_value();
  const auto* text = nonce->as_string();
  return text && base::same_bytes(*text, request.nonce);
}

base::Result<WebSignIn> checked(Call& call, const SignInProvider& provider, const TokenRequest& request,
                                const base::Secret& token) {
  WEIR_TRY(auto sign_in, read_web_sign_in(call, provider.role, token.reveal()));
  bool ours = sign_in.provider.arn() == provider.provider && sign_in.claims.audience == provider.client;
  if (!ours) return not_signed_in("The token is not for this console.", "issuer or audience is another");
  if (!has_nonce(sign_in.claims.all, request))
    return not_signed_in("The token is of another sign-in.", "the nonce is another");
  return sign_in;
}

base::Status record_tokens(Call& call, const SignInProvider& provider, const WebSignIn& sign_in) {
  call.about("provider", provider.name);
  call.about("providerArn", provider.provider);
  call.about("subject", sign_in.claims.subject);
  return call.record(
      Ask{.action = "weir:" + call.facts().operation, .resource = provider.provider, .owner = provider.account});
}

base::Result<CompanyTokens> exchanged(Call& call, const SignInProvider& provider, const TokenRequest& request) {
  if (provider.kind != ProviderKind::oidc) return people::no_such_sign_in_provider();
  std::string issuer;
  WEIR_TRY(auto endpoints, endpoints_of(call, provider, issuer));
  WEIR_TRY(auto question, question_of(call.lake(), provider, endpoints, request));
  WEIR_TRY(auto answer, call.lake().web_identity_keys->ask(provider.account, call.facts().source_ip, question));
  WEIR_TRY(auto given, read_answer(answer));
  WEIR_TRY(auto sign_in, checked(call, provider, request, given.id));
  WEIR_CHECK_OK(record_tokens(call, provider, sign_in));
  return CompanyTokens{std::move(given.id), std::move(given.refresh), sign_in.claims.subject, sign_in.claims.expires};
}

template <class T>
base::Result<T> noted_refusal(const Call& call, base::Result<T> result) {
  if (result.ok()) return result;
  return noted(call, {}, std::move(result).error());
}

}  // namespace

base::Result<WayToProvider> begin_company_sign_in(Call& call, const BeginRequest& request) {
  WEIR_CHECK_OK(count_asked(call, "company"));
  WEIR_TRY(auto provider, find_sign_in_provider(call, request.account, request.provider));
  return noted_refusal(call, way(call, provider, request));
}

base::Result<CompanyTokens> company_tokens(Call& call, const TokenRequest& request) {
  WEIR_CHECK_OK(count_asked(call, "company"));
  WEIR_TRY(auto provider, find_sign_in_provider(call, request.account, request.provider));
  return noted_refusal(call, exchanged(call, provider, request));
}

}  // namespace weir::app
