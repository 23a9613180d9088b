#include "app/people/pool_access.h"

namespace weir::app {

base::Result<people::UserPool> existing_pool(store::Transaction& tx, const Call& call, const std::string& pool) {
  WEIR_TRY(auto found, people::PoolRecords(tx).find(pool));
  if (!found || found->account != call.caller().account()) return people::no_such_pool(pool);
  return std::move(*found);
}

base::Result<people::UserPool> authorized_pool(Call& call, const std::string& action, const std::string& pool) {
  call.about("userPoolId", pool);
  const auto& account = call.caller().account();
  WEIR_CHECK_OK(call.authorize(
      Ask{.action = action, .resource = people::pool_arn(call.lake().region, account, pool), .owner = account}));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  return existing_pool(*tx, call, pool);
}

bool is_open_account(const Call& call, const std::string& account) {
  return call.state().directory.find_account(account) != nullptr;
}

base::Result<ClientOfPool> find_client(const Call& call, const std::string& client) {
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  WEIR_TRY(auto found, people::ClientRecords(*tx).find(client));
  if (!found) return people::no_such_client(client);
  WEIR_TRY(auto pool, people::PoolRecords(*tx).find(found->pool));
  if (!pool || !is_open_account(call, pool->account)) return people::no_such_client(client);
  return ClientOfPool{std::move(*found), std::move(*pool)};
}

base::Status record_own_act(Call& call, const people::UserPool& pool, const std::string& username,
                            const std::string& sub) {
  call.about("userPoolId", pool.id);
  call.about("username", username);
  call.about("sub", sub);
  const auto& facts = call.facts();
  return call.record(Ask{.action = facts.service + ":" + facts.operation,
                         .resource = pool.arn(call.lake().region),
                         .owner = pool.account});
}

}  // namespace weir::app
