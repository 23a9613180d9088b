// User pools and clients between the wire and the use cases. What is asked for and not offered is refused by name.
#pragma once
#include "app/people/user_pools.h"
#include "services/cognito_idp/shapes.h"

namespace weir::services::cognito_idp {

base::Status read_pool(const w::CreateUserPoolRequest& in, people::UserPool& into);
base::Status read_pool(const w::UpdateUserPoolRequest& in, people::UserPool& into);
w::UserPoolType pool_to_wire(const people::UserPool& pool, const std::string& region);

base::Result<people::PoolClient> client_from(const w::CreateUserPoolClientRequest& in);
base::Result<people::PoolClient> client_from(const w::UpdateUserPoolClientRequest& in);
w::UserPoolClientType client_to_wire(const app::ShownClient& shown);

}  // namespace weir::services::cognito_idp
