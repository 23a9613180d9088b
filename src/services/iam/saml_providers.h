// SAML providers on the wire.
#pragma once
#include "app/call.h"
#include "services/iam/shapes.h"

namespace weir::services::iam {

base::Result<wire::iam::CreateSAMLProviderResponse> create_saml_provider(
    app::Call& call, const wire::iam::CreateSAMLProviderRequest& in);
base::Result<wire::iam::GetSAMLProviderResponse> get_saml_provider(app::Call& call,
                                                                   const wire::iam::GetSAMLProviderRequest& in);
base::Result<wire::iam::UpdateSAMLProviderResponse> update_saml_provider(
    app::Call& call, const wire::iam::UpdateSAMLProviderRequest& in);
base::Result<wire::Nothing> delete_saml_provider(app::Call& call, const wire::iam::DeleteSAMLProviderRequest& in);
base::Result<wire::iam::ListSAMLProvidersResponse> list_saml_providers(app::Call& call,
                                                                       const wire::iam::ListSAMLProvidersRequest& in);
base::Result<wire::Nothing> tag_saml_provider(app::Call& call, const wire::iam::TagSAMLProviderRequest& in);
base::Result<wire::Nothing> untag_saml_provider(app::Call& call, const wire::iam::UntagSAMLProviderRequest& in);
base::Result<wire::iam::ListSAMLProviderTagsResponse> list_saml_provider_tags(
    app::Call& call, const wire::iam::ListSAMLProviderTagsRequest& in);

}  // namespace weir::services::iam
