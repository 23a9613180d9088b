// Operations on user pools and their clients.
#pragma once
#include "services/cognito_idp/shapes.h"

namespace weir::services::cognito_idp {

base::Result<w::CreateUserPoolResponse> create_user_pool(app::Call& call, const w::CreateUserPoolRequest& in);
base::Result<w::DescribeUserPoolResponse> describe_user_pool(app::Call& call, const w::DescribeUserPoolRequest& in);
base::Result<w::ListUserPoolsResponse> list_user_pools(app::Call& call, const w::ListUserPoolsRequest& in);
base::Result<w::UpdateUserPoolResponse> update_user_pool(app::Call& call, const w::UpdateUserPoolRequest& in);
base::Result<wire::Nothing> delete_user_pool(app::Call& call, const w::DeleteUserPoolRequest& in);

base::Result<w::CreateUserPoolClientResponse> create_client(app::Call& call, const w::CreateUserPoolClientRequest& in);
base::Result<w::DescribeUserPoolClientResponse> describe_client(app::Call& call,
                                                                const w::DescribeUserPoolClientRequest& in);
base::Result<w::ListUserPoolClientsResponse> list_clients(app::Call& call, const w::ListUserPoolClientsRequest& in);
base::Result<w::UpdateUserPoolClientResponse> update_client(app::Call& call, const w::UpdateUserPoolClientRequest& in);
base::Result<wire::Nothing> delete_client(app::Call& call, const w::DeleteUserPoolClientRequest& in);

}  // namespace weir::services::cognito_idp
