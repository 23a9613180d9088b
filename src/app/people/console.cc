#include "app/people/console.h"

#include "people/identity_pool_records.h"
#include "people/pool_records.h"
#include "people/sign_in_provider.h"

namespace weir::app {
namespace {

using people::Console;
using people::ConsoleRecords;

Ask ask_of(const Call& call, std::string action) {
  const auto& account = call.caller().account();
  return {std::move(action), "arn:aws:weir:" + call.lake().region + ":" + account + ":console", account};
}

base::Status check_pools(store::Transaction& tx, const Console& console) {
  WEIR_TRY(auto pool, people::PoolRecords(tx).find(console.user_pool));
  if (!pool || pool->account != console.account) return people::no_such_pool(console.user_pool);
  WEIR_TRY(auto client, people::ClientRecords(tx).find(console.client));
  if (!client || client->pool != pool->id) return people::no_such_client(console.client);
  WEIR_TRY(auto identities, people::IdentityPoolRecords(tx).find(console.identity_pool));
  if (!identities || identities->account != console.account)
    return people::no_such_identity_pool(console.identity_pool);
  if (!identities->find(pool->id, client->id))
    return base::invalid("The identity pool does not take the tokens of the user pool's client.", "identity pool");
  return {};
}

// What a button says, and what the page tells STS.
base::Json shown(const people::SignInProvider& provider) {
  auto out = base::Json::object();
  out.set("name", provider.name).set("kind", to_string(provider.kind)).set("providerArn", provider.provider);
  if (!provider.role.empty()) out.set("roleArn", provider.role);
  if (provider.decorated) out.set("lakeFormationPrincipals", true);
  return out;
}

base::Json configuration(const Lake& lake, const Console& console,
                         const std::vector<people::SignInProvider>& providers) {
  auto buttons = base::Json::array();
  for (const auto& provider : providers) buttons.push(shown(provider));
  return base::Json::object()
      .set("region", lake.region)
      .set("account", console.account)
      .set("userPoolId", console.user_pool)
      .set("userPoolClientId", console.client)
      .set("identityPoolId", console.identity_pool)
      .set("providers", std::move(buttons));
}

}  // namespace

base::Result<Console> put_console(Call& call, Console wanted) {
  wanted.account = call.caller().account();
  call.about("userPoolId", wanted.user_pool);
  call.about("userPoolClientId", wanted.client);
  call.about("identityPoolId", wanted.identity_pool);
  WEIR_CHECK_OK(call.authorize(ask_of(call, "weir:PutConsole")));
  WEIR_CHECK_OK(store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_CHECK_OK(check_pools(tx, wanted));
    return ConsoleRecords(tx).put(wanted);
  }));
  return wanted;
}

base::Result<Console> get_console(Call& call) {
  WEIR_CHECK_OK(call.authorize(ask_of(call, "weir:GetConsole")));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  WEIR_TRY(auto found, ConsoleRecords(*tx).find(call.caller().account()));
  if (!found) return people::no_console();
  return std::move(*found);
}

base::Status delete_console(Call& call) {
  WEIR_CHECK_OK(call.authorize(ask_of(call, "weir:DeleteConsole")));
  return store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    ConsoleRecords records(tx);
    WEIR_TRY(auto found, records.find(call.caller().account()));
    if (!found) return people::no_console();
    return records.erase(*found);
  });
}

base::Result<std::optional<base::Json>> console_configuration(const Lake& lake, const std::string& account) {
  WEIR_TRY(auto state, lake.governance.current());
  if (!state->directory.find_account(account)) return std::optional<base::Json>();
  WEIR_TRY(auto tx, lake.store.begin(store::Mode::read));
  WEIR_TRY(auto found, ConsoleRecords(*tx).find(account));
  if (!found || !check_pools(*tx, *found).ok()) return std::optional<base::Json>();
  WEIR_TRY(auto providers, people::SignInProviderRecords(*tx).list(account));
  return std::optional(configuration(lake, *found, providers));
}

}  // namespace weir::app
