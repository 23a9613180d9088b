// The organization itself, the services it trusts, and tags.
#pragma once
#include "app/call.h"
#include "wire/organizations_operations.h"

namespace weir::services::organizations {

namespace w = wire::organizations;

base::Result<w::CreateOrganizationResponse> create_organization(app::Call& call,
                                                                const w::CreateOrganizationRequest& in);
base::Result<w::DescribeOrganizationResponse> describe_organization(app::Call& call, const wire::Nothing& in);
base::Result<wire::Nothing> delete_organization(app::Call& call, const wire::Nothing& in);
base::Result<w::ListRootsResponse> list_roots(app::Call& call, const w::ListRootsRequest& in);

base::Result<wire::Nothing> enable_service_access(app::Call& call, const w::EnableAWSServiceAccessRequest& in);
base::Result<wire::Nothing> disable_service_access(app::Call& call, const w::DisableAWSServiceAccessRequest& in);
base::Result<w::ListAWSServiceAccessForOrganizationResponse> list_service_access(
    app::Call& call, const w::ListAWSServiceAccessForOrganizationRequest& in);

base::Result<wire::Nothing> tag_resource(app::Call& call, const w::TagResourceRequest& in);
base::Result<wire::Nothing> untag_resource(app::Call& call, const w::UntagResourceRequest& in);
base::Result<w::ListTagsForResourceResponse> list_tags(app::Call& call, const w::ListTagsForResourceRequest& in);

}  // namespace weir::services::organizations
