#include "services/iam/oidc_providers.h"

#include "app/iam/iam_oidc_providers.h"

namespace weir::services::iam {

namespace w = wire::iam;

namespace {

wire::List<std::string> list_of(const std::vector<std::string>& items) {
  wire::List<std::string> out;
  out.give();
  for (const auto& item : items) out.push_back(item);
  return out;
}

}  // namespace

base::Result<w::CreateOpenIDConnectProviderResponse> create_oidc_provider(
    app::Call& call, const w::CreateOpenIDConnectProviderRequest& in) {
  app::NewIssuer wanted{.url = *in.Url,
                        .client_ids = in.ClientIDList.items(),
                        .thumbprints = in.ThumbprintList.items(),
                        .tags = from_wire(in.Tags)};
  WEIR_TRY(auto made, app::create_oidc_provider(call, wanted));
  w::CreateOpenIDConnectProviderResponse out;
  out.OpenIDConnectProviderArn = made.arn();
  out.Tags = to_wire(made.tags);
  return out;
}

base::Result<w::GetOpenIDConnectProviderResponse> get_oidc_provider(app::Call& call,
                                                                    const w::GetOpenIDConnectProviderRequest& in) {
  WEIR_TRY(auto provider, app::get_oidc_provider(call, *in.OpenIDConnectProviderArn));
  w::GetOpenIDConnectProviderResponse out;
  out.Url = provider.name;
  out.ClientIDList = list_of(provider.client_ids);
  out.ThumbprintList = list_of(provider.thumbprints);
  out.CreateDate = provider.created;
  out.Tags = to_wire(provider.tags);
  return out;
}

base::Result<wire::Nothing> delete_oidc_provider(app::Call& call, const w::DeleteOpenIDConnectProviderRequest& in) {
  return done(app::delete_oidc_provider(call, *in.OpenIDConnectProviderArn));
}

base::Result<w::ListOpenIDConnectProvidersResponse> list_oidc_providers(app::Call& call,
                                                                        const w::ListOpenIDConnectProvidersRequest&) {
  WEIR_TRY(auto providers, app::list_oidc_providers(call));
  w::ListOpenIDConnectProvidersResponse out;
  out.OpenIDConnectProviderList.give();
  for (const auto& one : providers) out.OpenIDConnectProviderList.push_back({.Arn = one.arn()});
  return out;
}

base::Result<wire::Nothing> add_client_id(app::Call& call, const w::AddClientIDToOpenIDConnectProviderRequest& in) {
  return done(app::add_client_id(call, *in.OpenIDConnectProviderArn, *in.ClientID));
}

base::Result<wire::Nothing> remove_client_id(app::Call& call,
                                             const w::RemoveClientIDFromOpenIDConnectProviderRequest& in) {
  return done(app::remove_client_id(call, *in.OpenIDConnectProviderArn, *in.ClientID));
}

base::Result<wire::Nothing> update_thumbprints(app::Call& call,
                                               const w::UpdateOpenIDConnectProviderThumbprintRequest& in) {
  return done(app::update_thumbprints(call, *in.OpenIDConnectProviderArn, in.ThumbprintList.items()));
}

base::Result<wire::Nothing> tag_oidc_provider(app::Call& call, const w::TagOpenIDConnectProviderRequest& in) {
  return done(app::tag_oidc_provider(call, *in.OpenIDConnectProviderArn, from_wire(in.Tags)));
}

base::Result<wire::Nothing> untag_oidc_provider(app::Call& call, const w::UntagOpenIDConnectProviderRequest& in) {
  return done(app::untag_oidc_provider(call, *in.OpenIDConnectProviderArn, in.TagKeys.items()));
}

base::Result<w::ListOpenIDConnectProviderTagsResponse> list_oidc_provider_tags(
    app::Call& call, const w::ListOpenIDConnectProviderTagsRequest& in) {
  WEIR_TRY(auto page, app::list_oidc_provider_tags(call, *in.OpenIDConnectProviderArn, page_request(in)));
  w::ListOpenIDConnectProviderTagsResponse out;
  out.Tags = to_wire(page.items);
  out.Tags.give();
  finish_page(out, page.marker);
  return out;
}

}  // namespace weir::services::iam
