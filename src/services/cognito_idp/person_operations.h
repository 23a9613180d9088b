// What administrators do with the people and groups of a user pool.
#pragma once
#include "services/cognito_idp/shapes.h"

namespace weir::services::cognito_idp {

base::Result<w::AdminCreateUserResponse> admin_create_user(app::Call& call, const w::AdminCreateUserRequest& in);
base::Result<w::AdminGetUserResponse> admin_get_user(app::Call& call, const w::AdminGetUserRequest& in);
base::Result<wire::Nothing> admin_delete_user(app::Call& call, const w::AdminDeleteUserRequest& in);
base::Result<w::AdminDisableUserResponse> admin_disable_user(app::Call& call, const w::AdminDisableUserRequest& in);
base::Result<w::AdminEnableUserResponse> admin_enable_user(app::Call& call, const w::AdminEnableUserRequest& in);
base::Result<w::AdminSetUserPasswordResponse> admin_set_password(app::Call& call,
                                                                 const w::AdminSetUserPasswordRequest& in);
base::Result<w::AdminResetUserPasswordResponse> admin_reset_password(app::Call& call,
                                                                     const w::AdminResetUserPasswordRequest& in);
base::Result<w::AdminUpdateUserAttributesResponse> admin_update_attributes(
    app::Call& call, const w::AdminUpdateUserAttributesRequest& in);
base::Result<w::AdminUserGlobalSignOutResponse> admin_sign_out(app::Call& call,
                                                               const w::AdminUserGlobalSignOutRequest& in);
base::Result<w::ListUsersResponse> list_users(app::Call& call, const w::ListUsersRequest& in);

base::Result<w::CreateGroupResponse> create_group(app::Call& call, const w::CreateGroupRequest& in);
base::Result<w::GetGroupResponse> get_group(app::Call& call, const w::GetGroupRequest& in);
base::Result<w::ListGroupsResponse> list_groups(app::Call& call, const w::ListGroupsRequest& in);
base::Result<w::UpdateGroupResponse> update_group(app::Call& call, const w::UpdateGroupRequest& in);
base::Result<wire::Nothing> delete_group(app::Call& call, const w::DeleteGroupRequest& in);
base::Result<wire::Nothing> add_to_group(app::Call& call, const w::AdminAddUserToGroupRequest& in);
base::Result<wire::Nothing> remove_from_group(app::Call& call, const w::AdminRemoveUserFromGroupRequest& in);
base::Result<w::AdminListGroupsForUserResponse> list_groups_for_user(app::Call& call,
                                                                     const w::AdminListGroupsForUserRequest& in);
base::Result<w::ListUsersInGroupResponse> list_users_in_group(app::Call& call, const w::ListUsersInGroupRequest& in);

}  // namespace weir::services::cognito_idp
