// IAM operations on roles.
#pragma once
#include "app/iam/iam_roles.h"
#include "services/iam/shapes.h"
#include "services/service.h"

namespace weir::services::iam {

wire::iam::Role in_brief(const app::ShownRole& shown);

base::Result<wire::iam::CreateRoleResponse> create_role(app::Call& call, const wire::iam::CreateRoleRequest& in);
base::Result<wire::iam::GetRoleResponse> get_role(app::Call& call, const wire::iam::GetRoleRequest& in);
base::Result<wire::iam::UpdateRoleResponse> update_role(app::Call& call, const wire::iam::UpdateRoleRequest& in);
base::Result<wire::Nothing> update_assume_role_policy(app::Call& call,
                                                      const wire::iam::UpdateAssumeRolePolicyRequest& in);
base::Result<wire::Nothing> delete_role(app::Call& call, const wire::iam::DeleteRoleRequest& in);
base::Result<wire::iam::ListRolesResponse> list_roles(app::Call& call, const wire::iam::ListRolesRequest& in);

}  // namespace weir::services::iam
