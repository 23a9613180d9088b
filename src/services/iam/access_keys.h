// IAM operations on access keys.
#pragma once
#include "services/iam/shapes.h"
#include "services/service.h"

namespace weir::services::iam {

base::Result<wire::iam::CreateAccessKeyResponse> create_access_key(app::Call& call,
                                                                   const wire::iam::CreateAccessKeyRequest& in);
base::Result<wire::Nothing> update_access_key(app::Call& call, const wire::iam::UpdateAccessKeyRequest& in);
base::Result<wire::Nothing> delete_access_key(app::Call& call, const wire::iam::DeleteAccessKeyRequest& in);
base::Result<wire::iam::ListAccessKeysResponse> list_access_keys(app::Call& call,
                                                                 const wire::iam::ListAccessKeysRequest& in);
base::Result<wire::iam::GetAccessKeyLastUsedResponse> get_access_key_last_used(
    app::Call& call, const wire::iam::GetAccessKeyLastUsedRequest& in);

}  // namespace weir::services::iam
