#include "services/iam/saml_providers.h"

#include "app/iam/iam_saml_providers.h"

namespace weir::services::iam {

namespace w = wire::iam;

namespace {

std::optional<base::Secret> secret(const std::optional<std::string>& text) {
  return text ? std::optional(base::Secret(*text)) : std::nullopt;
}

}  // namespace

base::Result<w::CreateSAMLProviderResponse> create_saml_provider(app::Call& call,
                                                                 const w::CreateSAMLProviderRequest& in) {
  app::NewProvider wanted{.name = *in.Name,
                          .metadata = *in.SAMLMetadataDocument,
                          .encryption = in.AssertionEncryptionMode.value_or(""),
                          .private_key = secret(in.AddPrivateKey),
                          .tags = from_wire(in.Tags)};
  WEIR_TRY(auto made, app::create_saml_provider(call, wanted));
  w::CreateSAMLProviderResponse out;
  out.SAMLProviderArn = made.arn();
  out.Tags = to_wire(made.tags);
  return out;
}

base::Result<w::GetSAMLProviderResponse> get_saml_provider(app::Call& call, const w::GetSAMLProviderRequest& in) {
  WEIR_TRY(auto provider, app::get_saml_provider(call, *in.SAMLProviderArn));
  w::GetSAMLProviderResponse out;
  out.SAMLProviderUUID = provider.uuid;
  out.SAMLMetadataDocument = provider.metadata;
  out.CreateDate = provider.created;
  out.ValidUntil = provider.valid_until;
  out.Tags = to_wire(provider.tags);
  if (!provider.encryption.empty()) out.AssertionEncryptionMode = provider.encryption;
  for (const auto& key : provider.private_keys) out.PrivateKeyList.push_back({.KeyId = key.id, .Timestamp = key.added});
  return out;
}

base::Result<w::UpdateSAMLProviderResponse> update_saml_provider(app::Call& call,
                                                                 const w::UpdateSAMLProviderRequest& in) {
  app::ProviderChange wanted{.metadata = in.SAMLMetadataDocument,
                             .encryption = in.AssertionEncryptionMode,
                             .add_key = secret(in.AddPrivateKey),
                             .remove_key = in.RemovePrivateKey};
  WEIR_TRY(auto changed, app::update_saml_provider(call, *in.SAMLProviderArn, wanted));
  w::UpdateSAMLProviderResponse out;
  out.SAMLProviderArn = changed.arn();
  return out;
}

base::Result<wire::Nothing> delete_saml_provider(app::Call& call, const w::DeleteSAMLProviderRequest& in) {
  return done(app::delete_saml_provider(call, *in.SAMLProviderArn));
}

base::Result<w::ListSAMLProvidersResponse> list_saml_providers(app::Call& call, const w::ListSAMLProvidersRequest&) {
  WEIR_TRY(auto providers, app::list_saml_providers(call));
  w::ListSAMLProvidersResponse out;
  out.SAMLProviderList.give();
  for (const auto& one : providers)
    out.SAMLProviderList.push_back({.Arn = one.arn(), .ValidUntil = one.valid_until, .CreateDate = one.created});
  return out;
}

base::Result<wire::Nothing> tag_saml_provider(app::Call& call, const w::TagSAMLProviderRequest& in) {
  return done(app::tag_saml_provider(call, *in.SAMLProviderArn, from_wire(in.Tags)));
}

base::Result<wire::Nothing> untag_saml_provider(app::Call& call, const w::UntagSAMLProviderRequest& in) {
  return done(app::untag_saml_provider(call, *in.SAMLProviderArn, in.TagKeys.items()));
}

base::Result<w::ListSAMLProviderTagsResponse> list_saml_provider_tags(app::Call& call,
                                                                      const w::ListSAMLProviderTagsRequest& in) {
  WEIR_TRY(auto page, app::list_saml_provider_tags(call, *in.SAMLProviderArn, page_request(in)));
  w::ListSAMLProviderTagsResponse out;
  out.Tags = to_wire(page.items);
  out.Tags.give();
  finish_page(out, page.marker);
  return out;
}

}  // namespace weir::services::iam
