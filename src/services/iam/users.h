// IAM operations on users.
#pragma once
#include "services/iam/shapes.h"
#include "services/service.h"

namespace weir::services::iam {

// As lists show a user; single answers add its tags and its boundary.
wire::iam::User to_wire(const identity::User& user);

base::Result<wire::iam::CreateUserResponse> create_user(app::Call& call, const wire::iam::CreateUserRequest& in);
base::Result<wire::iam::GetUserResponse> get_user(app::Call& call, const wire::iam::GetUserRequest& in);
base::Result<wire::Nothing> update_user(app::Call& call, const wire::iam::UpdateUserRequest& in);
base::Result<wire::Nothing> delete_user(app::Call& call, const wire::iam::DeleteUserRequest& in);
base::Result<wire::iam::ListUsersResponse> list_users(app::Call& call, const wire::iam::ListUsersRequest& in);

}  // namespace weir::services::iam
