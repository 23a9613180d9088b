// Identity pools, for who administers them.
//
// INVARIANT: the roles that a pool may give are of its own account, and whoever names one may pass it.
//
// Threads: as the Call.
#pragma once
#include <map>
#include <string>

#include "app/call.h"
#include "people/identity_pool.h"
#include "people/page.h"

namespace weir::app {

base::Result<people::IdentityPool> create_identity_pool(Call& call, people::IdentityPool wanted);
base::Result<people::IdentityPool> describe_identity_pool(Call& call, const std::string& pool);
base::Result<people::Page<people::IdentityPool>> list_identity_pools(Call& call, const people::PageWanted& wanted);
// Name, sources and tags, as they are to be; roles stay.
base::Result<people::IdentityPool> update_identity_pool(Call& call, const people::IdentityPool& wanted);
base::Status delete_identity_pool(Call& call, const std::string& pool);

struct PoolRoles {
  std::string authenticated;
  std::map<std::string, people::RoleMapping> mappings;
};
base::Status set_identity_pool_roles(Call& call, const std::string& pool, const PoolRoles& roles);
base::Result<people::IdentityPool> get_identity_pool_roles(Call& call, const std::string& pool);

// Whether HOST/POOL names a user pool here: by AWS's host of the region or by this server's own address.
bool is_own_provider(const Lake& lake, std::string_view provider);

}  // namespace weir::app
