// The secrets of a user pool: made with it, sealed in its record, opened when they are used.
//
//   salting      what the salts of its people are derived from, also of those who are not there
//   id, access   the keys that tokens are signed with
//
// Threads: any.
#pragma once
#include <string>

#include "app/lake.h"
#include "people/token_key.h"
#include "people/user_pool.h"

namespace weir::app {

// Fills in the secrets of a new pool that has its id.
base::Status make_pool_secrets(Lake& lake, people::UserPool& pool);

base::Result<base::Secret> pool_salting(const Lake& lake, const people::UserPool& pool);
base::Result<people::TokenKey> pool_key(const Lake& lake, const people::UserPool& pool, const people::PoolKey& key);

std::string seal_for_pool(Lake& lake, const people::UserPool& pool, std::string_view what, const base::Secret& secret);
base::Result<base::Secret> open_of_pool(const Lake& lake, const people::UserPool& pool, std::string_view what,
                                        std::string_view sealed);

// "https://lake.example.org/us-east-1_aBcDeFgHi"
std::string issuer_of(const Lake& lake, std::string_view pool_id);
// The documents at the issuer's address; nothing when there is no such pool.
base::Result<std::optional<std::string>> key_set_document(Lake& lake, const std::string& pool_id);
base::Result<std::optional<std::string>> discovery_document(Lake& lake, const std::string& pool_id);

}  // namespace weir::app
