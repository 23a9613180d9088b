#include "services/weir/sign_in_operations.h"

#include "app/people/company_sign_in.h"
#include "app/people/sign_in_providers.h"

namespace weir::services {

using namespace wire::weir_api;
namespace {

std::optional<base::Secret> secret(const std::optional<std::string>& given) {
  return given ? std::optional(base::Secret(*given)) : std::nullopt;
}

SignInProviderSummary to_wire(const people::SignInProvider& from) {
  SignInProviderSummary out;
  out.Name = from.name;
  out.Kind = std::string(to_string(from.kind));
  out.ProviderArn = from.provider;
  if (!from.role.empty()) out.RoleArn = from.role;
  if (from.kind == people::ProviderKind::saml) {
    out.LakeFormationPrincipals = from.decorated;
    return out;
  }
  out.ClientId = from.client;
  out.HasClientSecret = !from.sealed_secret.empty();
  out.Scopes = from.scopes;
  out.Scopes.give();
  return out;
}

}  // namespace

base::Result<PutSignInProviderResponse> put_sign_in_provider(app::Call& call, const PutSignInProviderRequest& in) {
  people::SignInProvider wanted;
  WEIR_TRY(wanted.kind, people::parse_provider_kind(*in.Kind));
  wanted.name = *in.Name;
  wanted.provider = *in.ProviderArn;
  wanted.role = in.RoleArn.value_or("");
  wanted.client = in.ClientId.value_or("");
  wanted.scopes = in.Scopes.items();
  wanted.decorated = in.LakeFormationPrincipals.value_or(false);
  WEIR_TRY(auto put, app::put_sign_in_provider(call, std::move(wanted), secret(in.ClientSecret)));
  PutSignInProviderResponse out;
  out.Provider = to_wire(put);
  return out;
}

base::Result<ListSignInProvidersResponse> list_sign_in_providers(app::Call& call, const ListSignInProvidersRequest&) {
  WEIR_TRY(auto providers, app::list_sign_in_providers(call));
  ListSignInProvidersResponse out;
  out.Providers.give();
  for (const auto& provider : providers) out.Providers.push_back(to_wire(provider));
  return out;
}

base::Result<DeleteSignInProviderResponse> delete_sign_in_provider(app::Call& call,
                                                                   const DeleteSignInProviderRequest& in) {
  WEIR_CHECK_OK(app::delete_sign_in_provider(call, *in.Name));
  return DeleteSignInProviderResponse{};
}

base::Result<BeginSignInResponse> begin_sign_in(app::Call& call, const BeginSignInRequest& in) {
  WEIR_TRY(auto way, app::begin_company_sign_in(call, {.account = *in.Account,
                                                       .provider = *in.Provider,
                                                       .state = *in.State,
                                                       .nonce = in.Nonce.value_or(""),
                                                       .verifier = base::Secret(in.CodeVerifier.value_or(""))}));
  BeginSignInResponse out;
  out.Location = way.location;
  out.ComesBackTo = way.comes_back_to;
  if (!way.issuer.empty()) out.Issuer = way.issuer;
  return out;
}

base::Result<GetSignInTokensResponse> get_sign_in_tokens(app::Call& call, const GetSignInTokensRequest& in) {
  WEIR_TRY(auto tokens, app::company_tokens(call, {.account = *in.Account,
                                                   .provider = *in.Provider,
                                                   .nonce = *in.Nonce,
                                                   .code = secret(in.Code),
                                                   .verifier = secret(in.CodeVerifier),
                                                   .refresh = secret(in.RefreshToken)}));
  GetSignInTokensResponse out;
  out.IdToken = tokens.id.reveal();
  if (tokens.refresh) out.RefreshToken = tokens.refresh->reveal();
  out.Subject = tokens.subject;
  out.Expiration = tokens.expires;
  return out;
}

}  // namespace weir::services
