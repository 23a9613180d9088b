// Shares, their tags, and sharing in the organization.
#pragma once
#include "app/call.h"
#include "wire/ram_operations.h"

namespace weir::services::ram {

namespace w = wire::ram;

base::Result<w::CreateResourceShareResponse> create_share(app::Call& call, const w::CreateResourceShareRequest& in);
base::Result<w::UpdateResourceShareResponse> update_share(app::Call& call, const w::UpdateResourceShareRequest& in);
base::Result<w::DeleteResourceShareResponse> delete_share(app::Call& call, const w::DeleteResourceShareRequest& in);
base::Result<w::GetResourceSharesResponse> get_shares(app::Call& call, const w::GetResourceSharesRequest& in);
base::Result<w::TagResourceResponse> tag_resource(app::Call& call, const w::TagResourceRequest& in);
base::Result<w::UntagResourceResponse> untag_resource(app::Call& call, const w::UntagResourceRequest& in);
base::Result<w::EnableSharingWithAwsOrganizationResponse> enable_sharing(
    app::Call& call, const w::EnableSharingWithAwsOrganizationRequest& in);

}  // namespace weir::services::ram
