#include "people/pool_records.h"

#include "people/keys.h"
#include "people/paged_scan.h"
#include "store/record_access.h"

namespace weir::people {
namespace {

constexpr size_t kErasedAtOnce = 1000;

// An index holds keys alone; the record is elsewhere.
template <class T, class Find>
base::Result<Page<T>> listed(store::Transaction& tx, const std::string& prefix, const PageWanted& wanted, Find find) {
  return paged_scan<T>(tx, prefix, wanted, [&](const store::Entry& entry) -> base::Result<T> {
    WEIR_TRY(auto parts, store::split_key(entry.key));
    WEIR_TRY(auto found, find(parts.back()));
    if (!found) return base::internal("an index names what is not there");
    return std::move(*found);
  });
}

}  // namespace

base::Error no_such_pool(std::string_view pool) {
  return base::not_found("User pool " + std::string(pool) + " does not exist.", "pool");
}
base::Error no_such_client(std::string_view client) {
  return base::not_found("User pool client " + std::string(client) + " does not exist.", "client");
}
base::Error no_such_group(std::string_view) { return base::not_found("Group not found.", "group"); }

base::Result<std::optional<UserPool>> PoolRecords::find(std::string_view pool) {
  return store::load<UserPool>(tx_, keys::of("pool", pool));
}

base::Result<Page<UserPool>> PoolRecords::list(std::string_view account, const PageWanted& wanted) {
  return listed<UserPool>(tx_, keys::of("pools", account), wanted, [&](const std::string& id) { return find(id); });
}

base::Status PoolRecords::put(const UserPool& pool) {
  WEIR_CHECK_OK(tx_.put(keys::of("pools", pool.account, pool.id), "{}"));
  return store::save(tx_, keys::of("pool", pool.id), pool);
}

base::Status PoolRecords::erase_below(const std::string& prefix) {
  for (;;) {
    WEIR_TRY(auto entries, tx_.scan(store::prefix_range(prefix), kErasedAtOnce));
    for (const auto& entry : entries) WEIR_CHECK_OK(tx_.erase(entry.key));
    if (entries.size() < kErasedAtOnce) return {};
  }
}

base::Status PoolRecords::erase_clients(const UserPool& pool) {
  ClientRecords clients(tx_);
  WEIR_TRY(auto all, clients.list(pool.id, {.limit = kClientsMax}));
  for (const auto& client : all.items) WEIR_CHECK_OK(clients.erase(client));
  return {};
}

base::Status PoolRecords::erase(const UserPool& pool) {
  WEIR_CHECK_OK(erase_clients(pool));
  for (const char* kind : {"group", "person", "sign-in"}) WEIR_CHECK_OK(erase_below(keys::of(kind, pool.id)));
  WEIR_CHECK_OK(tx_.erase(keys::of("pools", pool.account, pool.id)));
  return tx_.erase(keys::of("pool", pool.id));
}

base::Result<std::optional<PoolClient>> ClientRecords::find(std::string_view client) {
  return store::load<PoolClient>(tx_, keys::of("client", client));
}

base::Result<Page<PoolClient>> ClientRecords::list(std::string_view pool, const PageWanted& wanted) {
  return listed<PoolClient>(tx_, keys::of("clients", pool), wanted, [&](const std::string& id) { return find(id); });
}

base::Status ClientRecords::put(const PoolClient& client) {
  WEIR_CHECK_OK(tx_.put(keys::of("clients", client.pool, client.id), "{}"));
  return store::save(tx_, keys::of("client", client.id), client);
}

base::Status ClientRecords::erase(const PoolClient& client) {
  WEIR_CHECK_OK(tx_.erase(keys::of("clients", client.pool, client.id)));
  return tx_.erase(keys::of("client", client.id));
}

base::Result<std::optional<Group>> GroupRecords::find(std::string_view pool, std::string_view name) {
  return store::load<Group>(tx_, keys::of("group", pool, name));
}

base::Result<Page<Group>> GroupRecords::list(std::string_view pool, const PageWanted& wanted) {
  return paged_scan<Group>(tx_, keys::of("group", pool), wanted,
                           [](const store::Entry& entry) { return base::decode_record<Group>(entry.value); });
}

base::Status GroupRecords::put(const Group& group) {
  return store::save(tx_, keys::of("group", group.pool, group.name), group);
}

base::Status GroupRecords::erase(const Group& group) { return tx_.erase(keys::of("group", group.pool, group.name)); }

}  // namespace weir::people
