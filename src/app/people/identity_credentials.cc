#include "app/people/identity_credentials.h"

#include "app/people/identity_pools.h"
#include "app/people/pool_access.h"
#include "app/people/pool_keys.h"
#include "app/people/sign_in_attempts.h"
#include "app/people/sign_in_faults.h"
#include "app/sessions/becoming_role.h"
#include "identity/naming.h"
#include "identity/oidc/token.h"
#include "people/identity_pool_records.h"
#include "people/person_records.h"
#include "people/pool_records.h"

namespace weir::app {
namespace {

using people::IdentityPool;
using people::TokenSource;

constexpr char kAction[] = "sts:AssumeRoleWithWebIdentity";

base::Error invalid_login(std::string log) { return not_signed_in("Invalid login token.", std::move(log)); }

// A token that was verified, and the user pool it is of.
struct Login {
  people::UserPool user_pool;
  TokenSource source;
  identity::oidc::Claims claims;
  people::Person person;
};

base::Result<IdentityPool> pool_of(const Call& call, const std::string& id) {
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  WEIR_TRY(auto pool, people::IdentityPoolRecords(*tx).find(id));
  if (!pool || !is_open_account(call, pool->account)) return people::no_such_identity_pool(id);
  return std::move(*pool);
}

base::Result<people::UserPool> user_pool_of(Lake& lake, const IdentityPool& pool, const std::string& id) {
  WEIR_TRY(auto tx, lake.store.begin(store::Mode::read));
  WEIR_TRY(auto found, people::PoolRecords(*tx).find(id));
  if (!found || found->account != pool.account) return invalid_login("no such user pool of the account");
  return std::move(*found);
}

std::vector<std::string> clients_of(const IdentityPool& pool, const std::string& user_pool) {
  std::vector<std::string> out;
  for (const auto& source : pool.sources)
    if (source.pool() == user_pool) out.push_back(source.client);
  return out;
}

base::Result<identity::oidc::Claims> verified(Call& call, const people::UserPool& pool,
                                              std::vector<std::string> clients, const std::string& token) {
  namespace oidc = identity::oidc;
  auto document = base::Json::object().set("keys", base::Json::array().push(pool.id_key.jwk)).dump();
  auto keys = oidc::KeySet::parse(document);
  if (!keys.ok()) return base::internal("the key of a user pool cannot be read");
  oidc::Expectation expected{.issuer = issuer_of(call.lake(), pool.id),
                             .audiences = std::move(clients),
                             .keys = *keys,
                             .now = call.now(),
                             .skew = base::Seconds(0),
                             .algorithms = {oidc::Algorithm::rs256}};
  auto claims = oidc::verify(token, expected);
  if (claims.ok()) return claims;
  if (claims.error().kind == base::Kind::expired) return not_signed_in("Invalid login token. Token expired", "expired");
  return invalid_login(claims.error().log);
}

// The person, the client and the sign-in that the token came of are still there.
base::Result<people::Person> lasting_person(Lake& lake, const people::UserPool& pool,
                                            const identity::oidc::Claims& claims, base::Instant now) {
  WEIR_TRY(auto tx, lake.store.begin(store::Mode::read));
  WEIR_TRY(auto sign_in, people::SignInRecords(*tx).find(pool.id, claims.subject, claims.all.text("origin_jti")));
  WEIR_TRY(auto person, people::PersonRecords(*tx).find(pool.id, claims.all.text("cognito:username")));
  WEIR_TRY(auto client, people::ClientRecords(*tx).find(claims.audience));
  bool lasts = sign_in && now < sign_in->until && person && person->sub == claims.subject && person->enabled &&
               client && client->pool == pool.id;
  if (!lasts) return not_signed_in("Invalid login token. Token revoked", "revoked");
  return std::move(*person);
}

base::Result<Login> read_login(Call& call, const IdentityPool& pool, const Logins& logins) {
  if (logins.size() != 1) return not_signed_in("Unauthenticated access is not supported for this identity pool.");
  const auto& [provider, token] = *logins.begin();
  auto id = provider.substr(provider.rfind('/') + 1);
  auto clients = clients_of(pool, id);
  if (!is_own_provider(call.lake(), provider) || clients.empty())
    return invalid_login("the identity pool does not list the provider");
  WEIR_TRY(auto user_pool, user_pool_of(call.lake(), pool, id));
  WEIR_TRY(auto claims, verified(call, user_pool, std::move(clients), token));
  if (claims.all.text("token_use") != "id") return invalid_login("token_use");
  WEIR_TRY(auto person, lasting_person(call.lake(), user_pool, claims, call.now()));
  const auto* source = pool.find(id, claims.audience);
  if (!source) return invalid_login("aud");
  return Login{std::move(user_pool), *source, std::move(claims), std::move(person)};
}

base::Status record_act(Call& call, const IdentityPool& pool, const Login& login, const std::string& identity) {
  call.about("identityPoolId", pool.id);
  call.about("identityId", identity);
  call.about("username", login.claims.all.text("cognito:username"));
  return call.record(Ask{.action = "cognito-identity:" + call.facts().operation,
                         .resource = pool.arn(call.lake().region),
                         .owner = pool.account});
}

// --- credentials

std::vector<std::string> methods_of(const Login& login) {
  const auto& provider = login.source.provider;
  return {"authenticated", provider, provider + ":CognitoSignIn:" + login.claims.subject};
}

// The username where STS takes it as a name.
std::string session_name_of(const people::Person& person) {
  return identity::check_role_session_name(person.username).ok() ? person.username : person.sub;
}

identity::AssumeRoleRequest role_request(const IdentityPool& pool, const Login& login, const std::string& identity,
                                         const std::string& role) {
  const std::string prefix = std::string(kIdentityPools) + ":";
  policy::Context claims;
  claims.set(prefix + "aud", pool.id);
  claims.set(prefix + "sub", identity);
  claims.set_list(prefix + "amr", methods_of(login));
  identity::SignIn kept{.provider = std::string(kIdentityPools),
                        .subject = identity,
                        .subject_type = {},
                        .name_qualifier = {},
                        .audience = pool.id,
                        .methods = methods_of(login)};
  identity::AssumeRoleRequest out{.role_arn = role, .session_name = session_name_of(login.person)};
  out.sign_in = identity::ProvenSignIn{.action = kAction, .claims = std::move(claims), .how = std::move(kept)};
  return out;
}

base::Result<std::string> role_for(const IdentityPool& pool, const Login& login,
                                   const std::optional<std::string>& wanted) {
  auto role = people::choose_role(pool, login.source, login.claims.all, wanted);
  if (role && names::Arn::parse(*role).ok() && names::Arn::parse(*role)->account == pool.account) return *role;
  if (!role && !wanted && !pool.mapping_of(login.source))
    return base::conflict("Invalid identity pool configuration. Check assigned IAM roles for this pool.", "roles");
  return not_signed_in("Access to Identity '" + pool.id + "' is forbidden.", "no role for this token");
}

base::Result<identity::Credentials> become(Call& call, const IdentityPool& pool, const Login& login,
                                           const std::string& identity, const std::string& role) {
  auto principal = identity::federated_identity({std::string(kIdentityPools), identity, std::string(kIdentityPools)});
  Call person(call.lake(), call.pinned(), std::make_shared<const identity::Principal>(std::move(principal)),
              call.facts());
  person.about("identityPoolId", pool.id);
  person.about("identityId", identity);
  person.about("username", login.claims.all.text("cognito:username"));
  person.about("roleArn", role);
  Becoming becoming(person, person, role_request(pool, login, identity, role));
  if (auto status = becoming.decide(); !status.ok()) {
    if (status.error().kind != base::Kind::denied) return std::move(status).error();
    return base::conflict("Invalid identity pool configuration. Check assigned IAM roles for this pool.", "roles");
  }
  WEIR_TRY(auto assumed, becoming.finish());
  return std::move(assumed.credentials);
}

base::Result<people::Identity> existing_identity(Lake& lake, const std::string& id) {
  WEIR_TRY(auto tx, lake.store.begin(store::Mode::read));
  WEIR_TRY(auto found, people::IdentityPoolRecords(*tx).find_identity(id));
  if (!found) return people::no_such_identity(id);
  return std::move(*found);
}

// Records of earlier versions do not say whose they are.
base::Status keep_username(Lake& lake, people::Identity& identity, const Login& login) {
  if (identity.username == login.person.username) return {};
  identity.username = login.person.username;
  return store::write(lake.store,
                      [&](store::Transaction& tx) { return people::IdentityPoolRecords(tx).put_identity(identity); });
}

template <class T>
base::Result<T> noted_in(Call& call, const base::Result<T>& result) {
  if (result.ok() || result.error().kind != base::Kind::unauthenticated) return result;
  return noted(call, {}, result.error());
}

}  // namespace

base::Result<std::string> identity_of(Call& call, const std::string& identity_pool, const Logins& logins) {
  WEIR_TRY(auto pool, pool_of(call, identity_pool));
  WEIR_TRY(auto login, noted_in(call, read_login(call, pool, logins)));
  people::Identity identity;
  WEIR_CHECK_OK(store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    people::IdentityPoolRecords records(tx);
    WEIR_TRY(auto there, records.find_identity_of(pool.id, login.user_pool.id, login.claims.subject));
    if (there) return identity = std::move(*there), base::Status();
    identity = {call.lake().region + ":" + base::uuid(call.lake().randomness), pool.id, login.user_pool.id,
                login.claims.subject, login.person.username};
    return records.put_identity(identity);
  }));
  WEIR_CHECK_OK(record_act(call, pool, login, identity.id));
  return identity.id;
}

base::Result<identity::Credentials> credentials_for_identity(Call& call, const IdentityCredentialsRequest& request) {
  WEIR_TRY(auto identity, existing_identity(call.lake(), request.identity));
  WEIR_TRY(auto pool, pool_of(call, identity.identity_pool));
  WEIR_TRY(auto login, noted_in(call, read_login(call, pool, request.logins)));
  bool own = identity.user_pool == login.user_pool.id && identity.sub == login.claims.subject;
  if (!own)
    return noted(call, login.user_pool, not_signed_in("Access to Identity '" + identity.id + "' is forbidden."));
  WEIR_CHECK_OK(keep_username(call.lake(), identity, login));
  WEIR_TRY(auto role, role_for(pool, login, request.role));
  return become(call, pool, login, identity.id, role);
}

}  // namespace weir::app
