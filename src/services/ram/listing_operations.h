// What is shared, and with or by whom.
#pragma once
#include "app/call.h"
#include "wire/ram_operations.h"

namespace weir::services::ram {

namespace w = wire::ram;

base::Result<w::ListResourcesResponse> list_resources(app::Call& call, const w::ListResourcesRequest& in);
base::Result<w::ListPrincipalsResponse> list_principals(app::Call& call, const w::ListPrincipalsRequest& in);
base::Result<w::ListResourceTypesResponse> list_resource_types(app::Call& call, const w::ListResourceTypesRequest& in);

}  // namespace weir::services::ram
