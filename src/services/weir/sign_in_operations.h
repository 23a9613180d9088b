// Companies' identity providers at the console's door: which there are, and signing in by them.
//
// Threads: free functions.
#pragma once
#include "app/call.h"
#include "wire/weir_api_types.h"

namespace weir::services {

base::Result<wire::weir_api::PutSignInProviderResponse> put_sign_in_provider(
    app::Call& call, const wire::weir_api::PutSignInProviderRequest& in);
base::Result<wire::weir_api::ListSignInProvidersResponse> list_sign_in_providers(
    app::Call& call, const wire::weir_api::ListSignInProvidersRequest& in);
base::Result<wire::weir_api::DeleteSignInProviderResponse> delete_sign_in_provider(
    app::Call& call, const wire::weir_api::DeleteSignInProviderRequest& in);

// Of whoever has no keys yet.
base::Result<wire::weir_api::BeginSignInResponse> begin_sign_in(app::Call& call,
                                                                const wire::weir_api::BeginSignInRequest& in);
base::Result<wire::weir_api::GetSignInTokensResponse> get_sign_in_tokens(
    app::Call& call, const wire::weir_api::GetSignInTokensRequest& in);

}  // namespace weir::services
