// Identity pools and the identities in them, in the store.
//
// Threads: as the transaction.
#pragma once
#include <optional>
#include <string_view>

#include "people/identity_pool.h"
#include "people/page.h"
#include "store/store.h"

namespace weir::people {

class IdentityPoolRecords {
 public:
  explicit IdentityPoolRecords(store::Transaction& tx) : tx_(tx) {}

  base::Result<std::optional<IdentityPool>> find(std::string_view id);
  base::Result<Page<IdentityPool>> list(std::string_view account, const PageWanted& wanted);
  base::Status put(const IdentityPool& pool);
  // With its identities.
  base::Status erase(const IdentityPool& pool);

  base::Result<std::optional<Identity>> find_identity(std::string_view id);
  base::Result<std::optional<Identity>> find_identity_of(std::string_view pool, std::string_view user_pool,
                                                         std::string_view sub);
  base::Status put_identity(const Identity& identity);

 private:
  store::Transaction& tx_;
};

base::Error no_such_identity_pool(std::string_view id);
base::Error no_such_identity(std::string_view id);

}  // namespace weir::people
