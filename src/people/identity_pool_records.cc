#include "people/identity_pool_records.h"

#include "people/keys.h"
#include "people/paged_scan.h"
#include "store/record_access.h"

namespace weir::people {
namespace {

constexpr size_t kErasedAtOnce = 1000;

}  // namespace

base::Error no_such_identity_pool(std::string_view id) {
  return base::not_found("IdentityPool '" + std::string(id) + "' not found.", "identity pool");
}

base::Error no_such_identity(std::string_view id) {
  return base::not_found("Identity '" + std::string(id) + "' not found.", "identity");
}

base::Result<std::optional<IdentityPool>> IdentityPoolRecords::find(std::string_view id) {
  return store::load<IdentityPool>(tx_, keys::of("identity-pool", id));
}

base::Result<Page<IdentityPool>> IdentityPoolRecords::list(std::string_view account, const PageWanted& wanted) {
  return paged_scan<IdentityPool>(tx_, keys::of("identity-pools", account), wanted,
                                  [&](const store::Entry& entry) -> base::Result<IdentityPool> {
                                    WEIR_TRY(auto parts, store::split_key(entry.key));
                                    WEIR_TRY(auto found, find(parts.back()));
                                    if (!found) return base::internal("an index names what is not there");
                                    return std::move(*found);
                                  });
}

base::Status IdentityPoolRecords::put(const IdentityPool& pool) {
  WEIR_CHECK_OK(tx_.put(keys::of("identity-pools", pool.account, pool.id), "{}"));
  return store::save(tx_, keys::of("identity-pool", pool.id), pool);
}

base::Status IdentityPoolRecords::erase(const IdentityPool& pool) {
  for (;;) {
    WEIR_TRY(auto entries, tx_.scan(store::prefix_range(keys::of("identities", pool.id)), kErasedAtOnce));
    for (const auto& entry : entries) {
      WEIR_CHECK_OK(tx_.erase(keys::of("identity", entry.value)));
      WEIR_CHECK_OK(tx_.erase(entry.key));
    }
    if (entries.size() < kErasedAtOnce) break;
  }
  WEIR_CHECK_OK(tx_.erase(keys::of("identity-pools", pool.account, pool.id)));
  return tx_.erase(keys::of("identity-pool", pool.id));
}

base::Result<std::optional<Identity>> IdentityPoolRecords::find_identity(std::string_view id) {
  return store::load<Identity>(tx_, keys::of("identity", id));
}

base::Result<std::optional<Identity>> IdentityPoolRecords::find_identity_of(std::string_view pool,
                                                                            std::string_view user_pool,
                                                                            std::string_view sub) {
  WEIR_TRY(auto id, tx_.get(keys::of("identities", pool, user_pool, sub)));
  if (!id) return std::optional<Identity>();
  return find_identity(*id);
}

base::Status IdentityPoolRecords::put_identity(const Identity& identity) {
  WEIR_CHECK_OK(tx_.put(keys::of("identities", identity.identity_pool, identity.user_pool, identity.sub), identity.id));
  return store::save(tx_, keys::of("identity", identity.id), identity);
}

}  // namespace weir::people
