// The tree: units, parents and children.
#pragma once
#include "app/call.h"
#include "wire/organizations_operations.h"

namespace weir::services::organizations {

namespace w = wire::organizations;

base::Result<w::CreateOrganizationalUnitResponse> create_unit(app::Call& call,
                                                              const w::CreateOrganizationalUnitRequest& in);
base::Result<w::DescribeOrganizationalUnitResponse> describe_unit(app::Call& call,
                                                                  const w::DescribeOrganizationalUnitRequest& in);
base::Result<w::UpdateOrganizationalUnitResponse> update_unit(app::Call& call,
                                                              const w::UpdateOrganizationalUnitRequest& in);
base::Result<wire::Nothing> delete_unit(app::Call& call, const w::DeleteOrganizationalUnitRequest& in);
base::Result<w::ListOrganizationalUnitsForParentResponse> list_units(
    app::Call& call, const w::ListOrganizationalUnitsForParentRequest& in);
base::Result<w::ListParentsResponse> list_parents(app::Call& call, const w::ListParentsRequest& in);
base::Result<w::ListChildrenResponse> list_children(app::Call& call, const w::ListChildrenRequest& in);

}  // namespace weir::services::organizations
