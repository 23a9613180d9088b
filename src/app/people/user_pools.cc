#include "app/people/user_pools.h"

#include <algorithm>

#include "app/people/pool_access.h"
#include "app/people/pool_keys.h"
#include "app/people/sign_in_faults.h"

namespace weir::app {
namespace {

using people::ClientRecords;
using people::PoolClient;
using people::PoolRecords;
using people::UserPool;

constexpr size_t kSecretLength = 51;
constexpr std::string_view kSecretAlphabet = "abcdefghijklmnopqrstuvwxyz0123456789";
constexpr size_t kCustomMax = 50;

base::Error limit(std::string says) { return base::fail(base::Kind::limit_exceeded, std::move(says), "pools"); }

base::Status check_attributes(const UserPool& pool) {
  if (pool.custom.size() > kCustomMax) return wrong_parameter("A user pool has 50 custom attributes at most.");
  for (const auto& name : pool.custom)
    if (!name.starts_with("custom:") || name.size() > 27)
      return wrong_parameter("Names of custom attributes are custom: and 1 to 20 characters.");
  for (const auto& name : pool.required)
    if (!people::is_standard_attribute(name)) return wrong_parameter("Only standard attributes can be required.");
  return {};
}

base::Status check_pool(const UserPool& pool) {
  const auto& rules = pool.passwords;
  if (rules.minimum_length < 6 || rules.minimum_length > 99) return wrong_parameter("MinimumLength is 6 to 99.");
  if (rules.temporary_days < 1 || rules.temporary_days > 365)
    return wrong_parameter("TemporaryPasswordValidityDays is 0 to 365.");
  if (!pool.invitation.text.empty() && (pool.invitation.text.find("{####}") == std::string::npos ||
                                        pool.invitation.text.find("{username}") == std::string::npos))
    return wrong_parameter("The text of an invitation has {username} and {####} in it.");
  return check_attributes(pool);
}

std::string client_purpose(const std::string& client) { return "client/" + client; }

base::Result<PoolClient> existing_client(store::Transaction& tx, const UserPool& pool, const std::string& client) {
  WEIR_TRY(auto found, ClientRecords(tx).find(client));
  if (!found || found->pool != pool.id) return people::no_such_client(client);
  return std::move(*found);
}

base::Status check_client_of(const UserPool& pool, const PoolClient& client) {
  WEIR_CHECK_OK(people::check_client(client));
  for (const auto* list : {&client.readable, &client.writable})
    for (const auto& name : *list)
      if (!pool.has_attribute(name)) return wrong_parameter("The user pool has no attribute " + name + ".");
  return {};
}

base::Result<ShownClient> shown(Call& call, const UserPool& pool, PoolClient client) {
  ShownClient out{std::move(client), {}};
  if (out.client.sealed_secret.empty()) return out;
  WEIR_TRY(out.secret, client_secret(call.lake(), pool, out.client));
  return out;
}

}  // namespace

base::Result<UserPool> create_user_pool(Call& call, UserPool wanted) {
  auto& lake = call.lake();
  wanted.account = call.caller().account();
  call.about("poolName", wanted.name);
  WEIR_CHECK_OK(call.authorize(Ask{.action = "cognito-idp:CreateUserPool"}));
  WEIR_CHECK_OK(check_pool(wanted));
  wanted.id = people::new_pool_id(lake.region, lake.randomness);
  wanted.created = wanted.changed = call.now();
  WEIR_CHECK_OK(make_pool_secrets(lake, wanted));
  WEIR_CHECK_OK(store::write(lake.store, [&](store::Transaction& tx) -> base::Status {
    PoolRecords records(tx);
    WEIR_TRY(auto there, records.list(wanted.account, {.limit = people::kPoolsMax}));
    if (there.items.size() >= people::kPoolsMax) return limit("An account has 1000 user pools at most.");
    WEIR_TRY(auto same, records.find(wanted.id));
    if (same) return base::internal("the id of a new user pool was in use");
    return records.put(wanted);
  }));
  return wanted;
}

base::Result<UserPool> describe_user_pool(Call& call, const std::string& pool) {
  return authorized_pool(call, "cognito-idp:DescribeUserPool", pool);
}

base::Result<people::Page<UserPool>> list_user_pools(Call& call, const people::PageWanted& wanted) {
  WEIR_CHECK_OK(call.authorize(Ask{.action = "cognito-idp:ListUserPools"}));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  return PoolRecords(*tx).list(call.caller().account(), wanted);
}

base::Status update_user_pool(Call& call, const std::string& pool,
                              const std::function<base::Status(UserPool&)>& change) {
  WEIR_TRY(auto asked, authorized_pool(call, "cognito-idp:UpdateUserPool", pool));
  return store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(auto there, existing_pool(tx, call, asked.id));
    WEIR_CHECK_OK(change(there));
    WEIR_CHECK_OK(check_pool(there));
    there.changed = call.now();
    return PoolRecords(tx).put(there);
  });
}

base::Status delete_user_pool(Call& call, const std::string& pool) {
  WEIR_TRY(auto asked, authorized_pool(call, "cognito-idp:DeleteUserPool", pool));
  return store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(auto there, existing_pool(tx, call, asked.id));
    if (there.protected_from_deletion)
      return wrong_parameter("The user pool cannot be deleted because deletion protection is activated.");
    return PoolRecords(tx).erase(there);
  });
}

base::Result<base::Secret> client_secret(const Lake& lake, const UserPool& pool, const PoolClient& client) {
  return open_of_pool(lake, pool, client_purpose(client.id), client.sealed_secret);
}

base::Result<ShownClient> create_pool_client(Call& call, PoolClient wanted, bool with_secret) {
  auto& lake = call.lake();
  call.about("clientName", wanted.name);
  WEIR_TRY(auto pool, authorized_pool(call, "cognito-idp:CreateUserPoolClient", wanted.pool));
  WEIR_CHECK_OK(check_client_of(pool, wanted));
  wanted.id = people::new_client_id(lake.randomness);
  wanted.created = wanted.changed = call.now();
  if (with_secret) {
    base::Secret secret(lake.randomness.text(kSecretLength, kSecretAlphabet));
    wanted.sealed_secret = seal_for_pool(lake, pool, client_purpose(wanted.id), secret);
  }
  WEIR_CHECK_OK(store::write(lake.store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(auto there, existing_pool(tx, call, pool.id));
    ClientRecords records(tx);
    WEIR_TRY(auto all, records.list(pool.id, {.limit = people::kClientsMax}));
    if (all.items.size() >= people::kClientsMax) return limit("A user pool has 1000 clients at most.");
    return records.put(wanted);
  }));
  return shown(call, pool, std::move(wanted));
}

base::Result<ShownClient> describe_pool_client(Call& call, const std::string& pool, const std::string& client) {
  WEIR_TRY(auto there, authorized_pool(call, "cognito-idp:DescribeUserPoolClient", pool));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  WEIR_TRY(auto found, existing_client(*tx, there, client));
  return shown(call, there, std::move(found));
}

base::Result<people::Page<PoolClient>> list_pool_clients(Call& call, const std::string& pool,
                                                         const people::PageWanted& wanted) {
  WEIR_TRY(auto there, authorized_pool(call, "cognito-idp:ListUserPoolClients", pool));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  return ClientRecords(*tx).list(there.id, wanted);
}

base::Result<ShownClient> update_pool_client(Call& call, PoolClient wanted) {
  WEIR_TRY(auto pool, authorized_pool(call, "cognito-idp:UpdateUserPoolClient", wanted.pool));
  WEIR_CHECK_OK(check_client_of(pool, wanted));
  WEIR_CHECK_OK(store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(auto there, existing_client(tx, pool, wanted.id));
    if (wanted.name.empty()) wanted.name = there.name;
    wanted.created = there.created;
    wanted.sealed_secret = there.sealed_secret;
    wanted.changed = call.now();
    return ClientRecords(tx).put(wanted);
  }));
  return shown(call, pool, std::move(wanted));
}

base::Status delete_pool_client(Call& call, const std::string& pool, const std::string& client) {
  WEIR_TRY(auto there, authorized_pool(call, "cognito-idp:DeleteUserPoolClient", pool));
  return store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(auto found, existing_client(tx, there, client));
    return ClientRecords(tx).erase(found);
  });
}

}  // namespace weir::app
