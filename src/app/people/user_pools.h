// User pools and their clients, for who administers them.
//
// Threads: as the Call.
#pragma once
#include <functional>
#include <string>

#include "app/call.h"
#include "people/page.h"
#include "people/pool_client.h"
#include "people/user_pool.h"

namespace weir::app {

// `wanted`: what the maker chooses; id, times and secrets are given here.
base::Result<people::UserPool> create_user_pool(Call& call, people::UserPool wanted);
base::Result<people::UserPool> describe_user_pool(Call& call, const std::string& pool);
base::Result<people::Page<people::UserPool>> list_user_pools(Call& call, const people::PageWanted& wanted);
base::Status update_user_pool(Call& call, const std::string& pool,
                              const std::function<base::Status(people::UserPool&)>& change);
base::Status delete_user_pool(Call& call, const std::string& pool);

struct ShownClient {
  people::PoolClient client;
  std::optional<base::Secret> secret;
};
base::Result<ShownClient> create_pool_client(Call& call, people::PoolClient wanted, bool with_secret);
base::Result<ShownClient> describe_pool_client(Call& call, const std::string& pool, const std::string& client);
base::Result<people::Page<people::PoolClient>> list_pool_clients(Call& call, const std::string& pool,
                                                                 const people::PageWanted& wanted);
// What is not given becomes its default again, as AWS does it.
base::Result<ShownClient> update_pool_client(Call& call, people::PoolClient wanted);
base::Status delete_pool_client(Call& call, const std::string& pool, const std::string& client);

// The secret of a client that has one.
base::Result<base::Secret> client_secret(const Lake& lake, const people::UserPool& pool,
                                         const people::PoolClient& client);

}  // namespace weir::app
