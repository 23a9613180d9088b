#include "app/people/identity_pools.h"

#include "app/people/people_groups.h"
#include "app/people/pool_access.h"
#include "app/people/pool_keys.h"
#include "app/people/sign_in_faults.h"
#include "people/identity_pool_records.h"

namespace weir::app {
namespace {

using people::IdentityPool;
using people::IdentityPoolRecords;

constexpr char kService[] = "cognito-identity.amazonaws.com";
constexpr size_t kSourcesMax = 50;

std::string arn_of(const Call& call, const std::string& pool) {
  return "arn:aws:cognito-identity:" + call.lake().region + ":" + call.caller().account() + ":identitypool/" + pool;
}

base::Result<IdentityPool> existing(store::Transaction& tx, const Call& call, const std::string& pool) {
  WEIR_TRY(auto found, IdentityPoolRecords(tx).find(pool));
  if (!found || found->account != call.caller().account()) return people::no_such_identity_pool(pool);
  return std::move(*found);
}

base::Result<IdentityPool> asked(Call& call, const char* action, const std::string& pool) {
  call.about("identityPoolId", pool);
  WEIR_CHECK_OK(
      call.authorize(Ask{.action = std::string("cognito-identity:") + action, .resource = arn_of(call, pool)}));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  return existing(*tx, call, pool);
}

// A user pool of the same account, with that client: tokens of strangers become nobody here.
base::Status check_source(Call& call, const people::TokenSource& source) {
  if (!is_own_provider(call.lake(), source.provider))
    return wrong_parameter("Invalid Cognito Identity Provider: " + source.provider);
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  WEIR_CHECK_OK(existing_pool(*tx, call, source.pool()));
  WEIR_TRY(auto client, people::ClientRecords(*tx).find(source.client));
  if (!client || client->pool != source.pool()) return wrong_parameter("The user pool has no client " + source.client);
  return {};
}

base::Status check_sources(Call& call, const IdentityPool& pool) {
  if (pool.sources.size() > kSourcesMax) return wrong_parameter("An identity pool has 50 providers at most.");
  for (const auto& source : pool.sources) WEIR_CHECK_OK(check_source(call, source));
  return {};
}

base::Status check_mapping(Call& call, const IdentityPool& pool, const std::string& name,
                           const people::RoleMapping& mapping) {
  auto colon = name.rfind(':');
  bool names_source = colon != std::string::npos && is_own_provider(call.lake(), name.substr(0, colon)) &&
                      pool.find(name.substr(0, colon).substr(name.rfind('/') + 1), name.substr(colon + 1));
  if (!names_source) return wrong_parameter("The identity pool has no provider " + name + " (HOST/POOL:CLIENT).");
  if (mapping.by_rules && (mapping.rules.empty() || mapping.rules.size() > people::kRulesMax))
    return wrong_parameter("RulesConfiguration has 1 to 25 rules.");
  for (const auto& rule : mapping.rules) WEIR_CHECK_OK(check_passed_role(call, rule.role, kService));
  return {};
}

}  // namespace

bool is_own_provider(const Lake& lake, std::string_view provider) {
  auto slash = provider.rfind('/');
  if (slash == std::string_view::npos) return false;
  auto host = provider.substr(0, slash);
  auto own = issuer_of(lake, "");
  auto scheme = own.find("://");
  auto own_host = scheme == std::string::npos ? std::string() : own.substr(scheme + 3);
  if (!own_host.empty()) own_host.pop_back();
  return host == "cognito-idp." + lake.region + ".amazonaws.com" || (!own_host.empty() && host == own_host);
}

base::Result<IdentityPool> create_identity_pool(Call& call, IdentityPool wanted) {
  call.about("identityPoolName", wanted.name);
  WEIR_CHECK_OK(call.authorize(Ask{.action = "cognito-identity:CreateIdentityPool"}));
  wanted.account = call.caller().account();
  wanted.id = call.lake().region + ":" + base::uuid(call.lake().randomness);
  wanted.created = call.now();
  WEIR_CHECK_OK(check_sources(call, wanted));
  WEIR_CHECK_OK(store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    IdentityPoolRecords records(tx);
    WEIR_TRY(auto all, records.list(wanted.account, {.limit = people::kIdentityPoolsMax}));
    if (all.items.size() >= people::kIdentityPoolsMax)
      return base::fail(base::Kind::limit_exceeded, "An account has 1000 identity pools at most.", "pools");
    return records.put(wanted);
  }));
  return wanted;
}

base::Result<IdentityPool> describe_identity_pool(Call& call, const std::string& pool) {
  return asked(call, "DescribeIdentityPool", pool);
}

base::Result<people::Page<IdentityPool>> list_identity_pools(Call& call, const people::PageWanted& wanted) {
  WEIR_CHECK_OK(call.authorize(Ask{.action = "cognito-identity:ListIdentityPools"}));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  return IdentityPoolRecords(*tx).list(call.caller().account(), wanted);
}

base::Result<IdentityPool> update_identity_pool(Call& call, const IdentityPool& wanted) {
  WEIR_CHECK_OK(asked(call, "UpdateIdentityPool", wanted.id));
  WEIR_CHECK_OK(check_sources(call, wanted));
  IdentityPool changed;
  WEIR_CHECK_OK(store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(changed, existing(tx, call, wanted.id));
    changed.name = wanted.name;
    changed.sources = wanted.sources;
    changed.tags = wanted.tags;
    return IdentityPoolRecords(tx).put(changed);
  }));
  return changed;
}

base::Status delete_identity_pool(Call& call, const std::string& pool) {
  WEIR_CHECK_OK(asked(call, "DeleteIdentityPool", pool));
  return store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(auto there, existing(tx, call, pool));
    return IdentityPoolRecords(tx).erase(there);
  });
}

base::Status set_identity_pool_roles(Call& call, const std::string& pool, const PoolRoles& roles) {
  WEIR_TRY(auto seen, asked(call, "SetIdentityPoolRoles", pool));
  if (!roles.authenticated.empty()) WEIR_CHECK_OK(check_passed_role(call, roles.authenticated, kService));
  for (const auto& [name, mapping] : roles.mappings) WEIR_CHECK_OK(check_mapping(call, seen, name, mapping));
  return store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(auto there, existing(tx, call, pool));
    there.authenticated_role = roles.authenticated;
    there.mappings = roles.mappings;
    return IdentityPoolRecords(tx).put(there);
  });
}

base::Result<IdentityPool> get_identity_pool_roles(Call& call, const std::string& pool) {
  return asked(call, "GetIdentityPoolRoles", pool);
}

}  // namespace weir::app
