// The managed permissions of shares.
#pragma once
#include "app/call.h"
#include "wire/ram_operations.h"

namespace weir::services::ram {

namespace w = wire::ram;

base::Result<w::ListPermissionsResponse> list_permissions(app::Call& call, const w::ListPermissionsRequest& in);
base::Result<w::GetPermissionResponse> get_permission(app::Call& call, const w::GetPermissionRequest& in);
base::Result<w::ListPermissionVersionsResponse> list_permission_versions(app::Call& call,
                                                                         const w::ListPermissionVersionsRequest& in);
base::Result<w::ListPermissionAssociationsResponse> list_permission_associations(
    app::Call& call, const w::ListPermissionAssociationsRequest& in);
base::Result<w::ListResourceSharePermissionsResponse> list_share_permissions(
    app::Call& call, const w::ListResourceSharePermissionsRequest& in);
base::Result<w::AssociateResourceSharePermissionResponse> associate_permission(
    app::Call& call, const w::AssociateResourceSharePermissionRequest& in);
base::Result<w::DisassociateResourceSharePermissionResponse> disassociate_permission(
    app::Call& call, const w::DisassociateResourceSharePermissionRequest& in);

}  // namespace weir::services::ram
