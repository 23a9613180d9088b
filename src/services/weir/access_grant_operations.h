// What was granted for requests: told, extended, ended, compared with what is there.
#pragma once
#include "app/call.h"
#include "wire/weir_api_types.h"

namespace weir::services {

base::Result<wire::weir_api::ListAccessGrantsResponse> list_access_grants(
    app::Call& call, const wire::weir_api::ListAccessGrantsRequest& in);
base::Result<wire::weir_api::AccessRequestDescription> extend_access_grant(
    app::Call& call, const wire::weir_api::ExtendAccessGrantRequest& in);
base::Result<wire::weir_api::AccessRequestDescription> revoke_access_grant(
    app::Call& call, const wire::weir_api::RevokeAccessGrantRequest& in);
base::Result<wire::weir_api::VerifyAccessGrantsResponse> verify_access_grants(
    app::Call& call, const wire::weir_api::VerifyAccessGrantsRequest& in);

}  // namespace weir::services
