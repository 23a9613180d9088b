#include "app/people/pool_keys.h"

#include "app/public_url.h"
#include "people/pool_records.h"

namespace weir::app {
namespace {

constexpr size_t kSaltingBytes = 32;

std::string purpose_of(const people::UserPool& pool, std::string_view what) {
  return "user-pool/" + pool.id + "/" + std::string(what);
}

base::Result<people::PoolKey> make_key(Lake& lake, const people::UserPool& pool) {
  WEIR_TRY(auto made, people::make_token_key());
  return people::PoolKey{made.kid, seal_for_pool(lake, pool, made.kid, made.private_key), made.jwk};
}

base::Result<std::optional<people::UserPool>> find_pool(Lake& lake, const std::string& pool_id) {
  WEIR_TRY(auto tx, lake.store.begin(store::Mode::read));
  return people::PoolRecords(*tx).find(pool_id);
}

}  // namespace

std::string seal_for_pool(Lake& lake, const people::UserPool& pool, std::string_view what, const base::Secret& secret) {
  return identity::seal_secret(lake.keys, purpose_of(pool, what), secret, lake.randomness);
}

base::Result<base::Secret> open_of_pool(const Lake& lake, const people::UserPool& pool, std::string_view what,
                                        std::string_view sealed) {
  return identity::open_secret(lake.keys, purpose_of(pool, what), sealed);
}

base::Status make_pool_secrets(Lake& lake, people::UserPool& pool) {
  base::Secret salting(lake.randomness.bytes(kSaltingBytes));
  pool.sealed_salting = seal_for_pool(lake, pool, "salting", salting);
  WEIR_TRY(pool.id_key, make_key(lake, pool));
  WEIR_TRY(pool.access_key, make_key(lake, pool));
  return {};
}

base::Result<base::Secret> pool_salting(const Lake& lake, const people::UserPool& pool) {
  return open_of_pool(lake, pool, "salting", pool.sealed_salting);
}

base::Result<people::TokenKey> pool_key(const Lake& lake, const people::UserPool& pool, const people::PoolKey& key) {
  WEIR_TRY(auto secret, open_of_pool(lake, pool, key.kid, key.sealed));
  return people::TokenKey::load(key.kid, secret);
}

std::string issuer_of(const Lake& lake, std::string_view pool_id) {
  auto url = lake.public_url ? lake.public_url->get() : std::string();
  return url + "/" + std::string(pool_id);
}

base::Result<std::optional<std::string>> key_set_document(Lake& lake, const std::string& pool_id) {
  WEIR_TRY(auto pool, find_pool(lake, pool_id));
  if (!pool) return std::optional<std::string>();
  auto keys = base::Json::array();
  keys.push(pool->id_key.jwk).push(pool->access_key.jwk);
  return std::optional(base::Json::object().set("keys", std::move(keys)).dump());
}

base::Result<std::optional<std::string>> discovery_document(Lake& lake, const std::string& pool_id) {
  WEIR_TRY(auto pool, find_pool(lake, pool_id));
  if (!pool) return std::optional<std::string>();
  auto issuer = issuer_of(lake, pool_id);
  auto list = [](std::initializer_list<const char*> texts) {
    auto out = base::Json::array();
    for (const char* text : texts) out.push(text);
    return out;
  };
  return std::optional(base::Json::object()
                           .set("issuer", issuer)
                           .set("jwks_uri", issuer + "/.well-known/jwks.json")
                           .set("id_token_signing_alg_values_supported", list({"RS256"}))
                           .set("subject_types_supported", list({"public"}))
                           .set("response_types_supported", list({"code"}))
                           .dump());
}

}  // namespace weir::app
