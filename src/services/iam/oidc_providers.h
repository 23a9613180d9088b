// OpenID Connect providers on the wire.
#pragma once
#include "app/call.h"
#include "services/iam/shapes.h"

namespace weir::services::iam {

base::Result<wire::iam::CreateOpenIDConnectProviderResponse> create_oidc_provider(
    app::Call& call, const wire::iam::CreateOpenIDConnectProviderRequest& in);
base::Result<wire::iam::GetOpenIDConnectProviderResponse> get_oidc_provider(
    app::Call& call, const wire::iam::GetOpenIDConnectProviderRequest& in);
base::Result<wire::Nothing> delete_oidc_provider(app::Call& call,
                                                 const wire::iam::DeleteOpenIDConnectProviderRequest& in);
base::Result<wire::iam::ListOpenIDConnectProvidersResponse> list_oidc_providers(
    app::Call& call, const wire::iam::ListOpenIDConnectProvidersRequest& in);
base::Result<wire::Nothing> add_client_id(app::Call& call,
                                          const wire::iam::AddClientIDToOpenIDConnectProviderRequest& in);
base::Result<wire::Nothing> remove_client_id(app::Call& call,
                                             const wire::iam::RemoveClientIDFromOpenIDConnectProviderRequest& in);
base::Result<wire::Nothing> update_thumbprints(app::Call& call,
                                               const wire::iam::UpdateOpenIDConnectProviderThumbprintRequest& in);
base::Result<wire::Nothing> tag_oidc_provider(app::Call& call, const wire::iam::TagOpenIDConnectProviderRequest& in);
base::Result<wire::Nothing> untag_oidc_provider(app::Call& call,
                                                const wire::iam::UntagOpenIDConnectProviderRequest& in);
base::Result<wire::iam::ListOpenIDConnectProviderTagsResponse> list_oidc_provider_tags(
    app::Call& call, const wire::iam::ListOpenIDConnectProviderTagsRequest& in);

}  // namespace weir::services::iam
