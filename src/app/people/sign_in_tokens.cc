#include "app/people/sign_in_tokens.h"

#include <algorithm>

#include "app/people/person_secrets.h"
#include "app/people/pool_keys.h"
#include "app/people/sign_in_faults.h"
#include "base/text.h"
#include "identity/oidc/compact_jws.h"
#include "identity/oidc/jwks.h"
#include "people/person_records.h"

namespace weir::app {
namespace {

using base::Json;

constexpr std::string_view kSelfScope = "aws.cognito.signin.user.admin";

base::Error invalid_token(std::string log) { return not_signed_in("Invalid Access Token", std::move(log)); }

Json seconds(base::Instant at) { return base::to_epoch_whole_seconds(at); }

// What both kinds of token have.
Json common_claims(Lake& lake, const people::Person& person, const people::SignIn& sign_in, base::Instant now,
                   int64_t valid_s) {
  auto claims = Json::object();
  claims.set("sub", person.sub);
  claims.set("iss", issuer_of(lake, person.pool));
  claims.set("origin_jti", sign_in.id);
  claims.set("event_id", base::uuid(lake.randomness));
  claims.set("auth_time", seconds(sign_in.signed_in));
  claims.set("iat", seconds(now));
  claims.set("exp", base::to_epoch_whole_seconds(now) + valid_s);
  claims.set("jti", base::uuid(lake.randomness));
  return claims;
}

// The group whose word counts first is first.
bool comes_before(const people::Group& a, const people::Group& b) {
  auto rank = [](const people::Group& group) { return group.precedence.value_or(INT64_MAX); };
  return rank(a) != rank(b) ? rank(a) < rank(b) : a.name < b.name;
}

// The role of the first group; none when others are as much the first and have another role.
std::string preferred_role(const std::vector<people::Group>& sorted) {
  std::string role;
  std::optional<int64_t> rank;
  for (const auto& group : sorted) {
    if (group.role.empty()) continue;
    auto own = group.precedence.value_or(INT64_MAX);
    if (rank && own != *rank) break;
    if (!role.empty() && role != group.role) return {};
    role = group.role;
    rank = own;
  }
  return role;
}

void add_groups(const std::vector<people::Group>& sorted, Json& claims) {
  if (sorted.empty()) return;
  auto names = Json::array();
  for (const auto& group : sorted) names.push(group.name);
  claims.set("cognito:groups", std::move(names));
}

void add_roles(const std::vector<people::Group>& sorted, Json& claims) {
  std::vector<std::string> roles;
  for (const auto& group : sorted)
    if (!group.role.empty() && std::ranges::find(roles, group.role) == roles.end()) roles.push_back(group.role);
  if (!roles.empty()) claims.set("cognito:roles", base::to_json(roles));
  auto preferred = preferred_role(sorted);
  if (!preferred.empty()) claims.set("cognito:preferred_role", preferred);
}

bool may_read(const people::PoolClient& client, const std::string& name) {
  if (client.readable.empty()) return true;
  return std::ranges::find(client.readable, name) != client.readable.end();
}

void add_attributes(const people::PoolClient& client, const people::Person& person, Json& claims) {
  for (const auto& [name, value] : person.attributes) {
    bool verified = name.ends_with("_verified");
    if (may_read(client, name)) claims.set(name, verified ? Json(people::is_true(value)) : Json(value));
  }
}

base::Result<std::string> id_token(Lake& lake, const ClientOfPool& by, const people::Person& person,
                                   const std::vector<people::Group>& sorted, const people::SignIn& sign_in,
                                   base::Instant now) {
  auto claims = common_claims(lake, person, sign_in, now, by.client.id_token.seconds());
  claims.set("aud", by.client.id);
  claims.set("token_use", "id");
  claims.set("cognito:username", person.username);
  add_groups(sorted, claims);
  add_roles(sorted, claims);
  add_attributes(by.client, person, claims);
  WEIR_TRY(auto key, pool_key(lake, by.pool, by.pool.id_key));
  return key.sign(claims);
}

base::Result<std::string> access_token(Lake& lake, const ClientOfPool& by, const people::Person& person,
                                       const std::vector<people::Group>& sorted, const people::SignIn& sign_in,
                                       base::Instant now) {
  auto claims = common_claims(lake, person, sign_in, now, by.client.access.seconds());
  claims.set("client_id", by.client.id);
  claims.set("token_use", "access");
  claims.set("scope", kSelfScope);
  claims.set("username", person.username);
  claims.set("version", 2);
  add_groups(sorted, claims);
  WEIR_TRY(auto key, pool_key(lake, by.pool, by.pool.access_key));
  return key.sign(claims);
}

// What the issuer's address ends with names the pool; that it is the issuer is proved by the pool's key.
base::Result<people::UserPool> pool_of_token(store::Transaction& tx, const Json& claims) {
  auto issuer = claims.text("iss");
  WEIR_TRY(auto pool, people::PoolRecords(tx).find(issuer.substr(issuer.rfind('/') + 1)));
  if (!pool) return invalid_token("no such pool");
  return std::move(*pool);
}

base::Status check_signature(const people::UserPool& pool, const identity::oidc::CompactJws& token) {
  using identity::oidc::Algorithm;
  auto keys = identity::oidc::KeySet::parse(Json::object().set("keys", Json::array().push(pool.access_key.jwk)).dump());
  if (!keys.ok()) return base::internal("the key of a user pool cannot be read");
  const auto* key = token.kid ? keys->find(token.kid, Algorithm::rs256) : nullptr;
  bool holds =
      token.algorithm == Algorithm::rs256 && key && key->verifies(Algorithm::rs256, token.signed_text, token.signature);
  return holds ? base::Status() : base::Status(invalid_token("the signature does not hold"));
}

base::Status check_claims(const Lake& lake, const people::UserPool& pool, const Json& claims, base::Instant now) {
  if (claims.text("token_use") != "access") return invalid_token("token_use");
  if (claims.text("iss") != issuer_of(lake, pool.id)) return invalid_token("iss");
  if (claims.number("exp") <= base::to_epoch_whole_seconds(now)) return not_signed_in("Access Token has expired");
  return {};
}

base::Result<TokenHolder> find_holder(store::Transaction& tx, people::UserPool pool, const Json& claims,
                                      base::Instant now) {
  auto sub = claims.text("sub");
  WEIR_TRY(auto client, people::ClientRecords(tx).find(claims.text("client_id")));
  WEIR_TRY(auto sign_in, people::SignInRecords(tx).find(pool.id, sub, claims.text("origin_jti")));
  WEIR_TRY(auto person, people::PersonRecords(tx).find(pool.id, claims.text("username")));
  bool lasts = client && client->pool == pool.id && sign_in && sign_in->client == client->id && now < sign_in->until;
  if (!lasts || !person || person->sub != sub || !person->enabled)
    return not_signed_in("Access Token has been revoked");
  return TokenHolder{std::move(pool), std::move(*client), std::move(*person), std::move(*sign_in)};
}

}  // namespace

base::Result<BegunSignIn> begin_sign_in(Lake& lake, const ClientOfPool& by, const people::Person& person,
                                        base::Instant now) {
  WEIR_TRY(auto key, refresh_key(lake, by.pool));
  BegunSignIn out;
  out.sign_in = {.id = base::uuid(lake.randomness),
                 .pool = person.pool,
                 .sub = person.sub,
                 .username = person.username,
                 .client = by.client.id,
                 .signed_in = now,
                 .until = now + base::Seconds(by.client.refresh.seconds()),
                 .secret_hash = {},
                 .former_hash = {},
                 .former_until = {}};
  out.refresh = people::fresh_refresh_token(person.sub, out.sign_in.id, key, lake.randomness);
  out.sign_in.secret_hash = out.refresh.hash();
  return out;
}

base::Result<std::vector<people::Group>> groups_of(store::Transaction& tx, const people::Person& person) {
  people::GroupRecords records(tx);
  std::vector<people::Group> out;
  for (const auto& [name, id] : person.groups) {
    WEIR_TRY(auto group, records.find(person.pool, name));
    if (group && group->id == id) out.push_back(std::move(*group));
  }
  std::ranges::sort(out, comes_before);
  return out;
}

base::Result<Tokens> sign_tokens(Lake& lake, const ClientOfPool& by, const people::Person& person,
                                 const std::vector<people::Group>& groups, const people::SignIn& sign_in,
                                 base::Instant now) {
  Tokens out;
  WEIR_TRY(out.id, id_token(lake, by, person, groups, sign_in, now));
  WEIR_TRY(out.access, access_token(lake, by, person, groups, sign_in, now));
  out.access_seconds = by.client.access.seconds();
  return out;
}

base::Result<TokenHolder> holder_of(Call& call, const std::string& access_token) {
  auto token = identity::oidc::parse_compact_jws(access_token);
  if (!token.ok()) return invalid_token(token.error().log);
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  WEIR_TRY(auto pool, pool_of_token(*tx, token->payload));
  WEIR_CHECK_OK(check_signature(pool, *token));
  WEIR_CHECK_OK(check_claims(call.lake(), pool, token->payload, call.now()));
  if (!is_open_account(call, pool.account)) return invalid_token("the account is closed");
  return find_holder(*tx, std::move(pool), token->payload, call.now());
}

base::Result<people::Person> same_person(store::Transaction& tx, const people::Person& as_seen) {
  WEIR_TRY(auto person, people::PersonRecords(tx).find(as_seen.pool, as_seen.username));
  bool same = person && person->sub == as_seen.sub && person->turn == as_seen.turn && person->enabled;
  if (!same) return not_signed_in("Access Token has been revoked");
  return std::move(*person);
}

}  // namespace weir::app
