// Service-linked roles on the wire.
#pragma once
#include "app/call.h"
#include "services/iam/shapes.h"

namespace weir::services::iam {

base::Result<wire::iam::CreateServiceLinkedRoleResponse> create_service_linked_role(
    app::Call& call, const wire::iam::CreateServiceLinkedRoleRequest& in);
base::Result<wire::iam::DeleteServiceLinkedRoleResponse> delete_service_linked_role(
    app::Call& call, const wire::iam::DeleteServiceLinkedRoleRequest& in);
base::Result<wire::iam::GetServiceLinkedRoleDeletionStatusResponse> get_service_linked_role_deletion_status(
    app::Call& call, const wire::iam::GetServiceLinkedRoleDeletionStatusRequest& in);

}  // namespace weir::services::iam
