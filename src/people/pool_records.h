// User pools, their clients and groups in the store.
//
// Errors: not_found about "pool", "client" or "group".
//
// Threads: as the transaction.
#pragma once
#include <optional>
#include <string_view>

#include "people/group.h"
#include "people/page.h"
#include "people/pool_client.h"
#include "people/user_pool.h"
#include "store/store.h"

namespace weir::people {

class PoolRecords {
 public:
  explicit PoolRecords(store::Transaction& tx) : tx_(tx) {}

  base::Result<std::optional<UserPool>> find(std::string_view pool);
  base::Result<Page<UserPool>> list(std::string_view account, const PageWanted& wanted);
  base::Status put(const UserPool& pool);
  // With its clients, groups, people and their sign-ins.
  base::Status erase(const UserPool& pool);

 private:
  base::Status erase_clients(const UserPool& pool);
  base::Status erase_below(const std::string& prefix);
  store::Transaction& tx_;
};

class ClientRecords {
 public:
  explicit ClientRecords(store::Transaction& tx) : tx_(tx) {}

  base::Result<std::optional<PoolClient>> find(std::string_view client);
  base::Result<Page<PoolClient>> list(std::string_view pool, const PageWanted& wanted);
  base::Status put(const PoolClient& client);
  base::Status erase(const PoolClient& client);

 private:
  store::Transaction& tx_;
};

class GroupRecords {
 public:
  explicit GroupRecords(store::Transaction& tx) : tx_(tx) {}

  base::Result<std::optional<Group>> find(std::string_view pool, std::string_view name);
  base::Result<Page<Group>> list(std::string_view pool, const PageWanted& wanted);
  base::Status put(const Group& group);
  base::Status erase(const Group& group);

 private:
  store::Transaction& tx_;
};

base::Error no_such_pool(std::string_view pool);
base::Error no_such_client(std::string_view client);
base::Error no_such_group(std::string_view group);

}  // namespace weir::people
