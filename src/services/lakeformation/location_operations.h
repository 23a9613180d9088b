// Registered data locations.
#pragma once
#include "app/call.h"
#include "wire/lakeformation_operations.h"

namespace weir::services {

base::Result<wire::lakeformation::RegisterResourceResponse> register_resource(
    app::Call& call, const wire::lakeformation::RegisterResourceRequest& in);
base::Result<wire::lakeformation::DeregisterResourceResponse> deregister_resource(
    app::Call& call, const wire::lakeformation::DeregisterResourceRequest& in);
base::Result<wire::lakeformation::UpdateResourceResponse> update_resource(
    app::Call& call, const wire::lakeformation::UpdateResourceRequest& in);
base::Result<wire::lakeformation::DescribeResourceResponse> describe_resource(
    app::Call& call, const wire::lakeformation::DescribeResourceRequest& in);
base::Result<wire::lakeformation::ListResourcesResponse> list_resources(
    app::Call& call, const wire::lakeformation::ListResourcesRequest& in);

}  // namespace weir::services
