#include "services/cognito_idp/pool_operations.h"

#include "services/cognito_idp/pool_shapes.h"

namespace weir::services::cognito_idp {
namespace {

constexpr size_t kPageDefault = 60;

}  // namespace

base::Result<w::CreateUserPoolResponse> create_user_pool(app::Call& call, const w::CreateUserPoolRequest& in) {
  people::UserPool wanted;
  WEIR_CHECK_OK(read_pool(in, wanted));
  WEIR_TRY(auto pool, app::create_user_pool(call, std::move(wanted)));
  return w::CreateUserPoolResponse{.UserPool = pool_to_wire(pool, call.lake().region)};
}

base::Result<w::DescribeUserPoolResponse> describe_user_pool(app::Call& call, const w::DescribeUserPoolRequest& in) {
  WEIR_TRY(auto pool, app::describe_user_pool(call, *in.UserPoolId));
  return w::DescribeUserPoolResponse{.UserPool = pool_to_wire(pool, call.lake().region)};
}

base::Result<w::ListUserPoolsResponse> list_user_pools(app::Call& call, const w::ListUserPoolsRequest& in) {
  WEIR_TRY(auto page, app::list_user_pools(call, page_from(in.NextToken, in.MaxResults, kPageDefault)));
  w::ListUserPoolsResponse out;
  out.UserPools.give();
  for (const auto& pool : page.items) {
    w::UserPoolDescriptionType item;
    item.Id = pool.id;
    item.Name = pool.name;
    item.CreationDate = pool.created;
    item.LastModifiedDate = pool.changed;
    out.UserPools.push_back(std::move(item));
  }
  out.NextToken = page_token(page.next);
  return out;
}

base::Result<w::UpdateUserPoolResponse> update_user_pool(app::Call& call, const w::UpdateUserPoolRequest& in) {
  return done<w::UpdateUserPoolResponse>(
      app::update_user_pool(call, *in.UserPoolId, [&](people::UserPool& pool) { return read_pool(in, pool); }));
}

base::Result<wire::Nothing> delete_user_pool(app::Call& call, const w::DeleteUserPoolRequest& in) {
  return done<wire::Nothing>(app::delete_user_pool(call, *in.UserPoolId));
}

base::Result<w::CreateUserPoolClientResponse> create_client(app::Call& call, const w::CreateUserPoolClientRequest& in) {
  WEIR_TRY(auto wanted, client_from(in));
  WEIR_TRY(auto made, app::create_pool_client(call, std::move(wanted), in.GenerateSecret.value_or(false)));
  return w::CreateUserPoolClientResponse{.UserPoolClient = client_to_wire(made)};
}

base::Result<w::DescribeUserPoolClientResponse> describe_client(app::Call& call,
                                                                const w::DescribeUserPoolClientRequest& in) {
  WEIR_TRY(auto found, app::describe_pool_client(call, *in.UserPoolId, *in.ClientId));
  return w::DescribeUserPoolClientResponse{.UserPoolClient = client_to_wire(found)};
}

base::Result<w::ListUserPoolClientsResponse> list_clients(app::Call& call, const w::ListUserPoolClientsRequest& in) {
  WEIR_TRY(auto page,
           app::list_pool_clients(call, *in.UserPoolId, page_from(in.NextToken, in.MaxResults, kPageDefault)));
  w::ListUserPoolClientsResponse out;
  out.UserPoolClients.give();
  for (const auto& client : page.items) {
    w::UserPoolClientDescription item;
    item.ClientId = client.id;
    item.UserPoolId = client.pool;
    item.ClientName = client.name;
    out.UserPoolClients.push_back(std::move(item));
  }
  out.NextToken = page_token(page.next);
  return out;
}

base::Result<w::UpdateUserPoolClientResponse> update_client(app::Call& call, const w::UpdateUserPoolClientRequest& in) {
  WEIR_TRY(auto wanted, client_from(in));
  WEIR_TRY(auto changed, app::update_pool_client(call, std::move(wanted)));
  return w::UpdateUserPoolClientResponse{.UserPoolClient = client_to_wire(changed)};
}

base::Result<wire::Nothing> delete_client(app::Call& call, const w::DeleteUserPoolClientRequest& in) {
  return done<wire::Nothing>(app::delete_pool_client(call, *in.UserPoolId, *in.ClientId));
}

}  // namespace weir::services::cognito_idp
