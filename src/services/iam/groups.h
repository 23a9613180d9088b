// IAM operations on groups and on who is in them.
#pragma once
#include "services/iam/shapes.h"
#include "services/service.h"

namespace weir::services::iam {

base::Result<wire::iam::CreateGroupResponse> create_group(app::Call& call, const wire::iam::CreateGroupRequest& in);
base::Result<wire::iam::GetGroupResponse> get_group(app::Call& call, const wire::iam::GetGroupRequest& in);
base::Result<wire::Nothing> delete_group(app::Call& call, const wire::iam::DeleteGroupRequest& in);
base::Result<wire::iam::ListGroupsResponse> list_groups(app::Call& call, const wire::iam::ListGroupsRequest& in);
base::Result<wire::Nothing> add_user_to_group(app::Call& call, const wire::iam::AddUserToGroupRequest& in);
base::Result<wire::Nothing> remove_user_from_group(app::Call& call, const wire::iam::RemoveUserFromGroupRequest& in);
base::Result<wire::iam::ListGroupsForUserResponse> list_groups_for_user(app::Call& call,
                                                                        const wire::iam::ListGroupsForUserRequest& in);

}  // namespace weir::services::iam
