// A user pool as it is kept: the rules for the people in it, and the keys that vouch for them.
//
// INVARIANT: private keys and the salting secret are sealed under a purpose that names the pool.
//
// Threads: values and pure functions.
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/record.h"
#include "base/result.h"
#include "people/password.h"

namespace weir::people {

inline constexpr size_t kPoolsMax = 1000;  // of an account, as AWS

// One key of a pool: its public part, and its private one sealed.
struct PoolKey {
  std::string kid;
  std::string sealed;
  base::Json jwk;
};
WEIR_RECORD(PoolKey, FIELD("Kid", &PoolKey::kid), FIELD("Sealed", &PoolKey::sealed), FIELD("Jwk", &PoolKey::jwk))

// The text of a mail that a pool sends. Empty: ours.
struct MailTemplate {
  std::string subject;
  std::string text;
  bool operator==(const MailTemplate&) const = default;
};
WEIR_RECORD(MailTemplate, FIELD("Subject", &MailTemplate::subject), FIELD("Text", &MailTemplate::text))

struct UserPool {
  std::string id;  // REGION_NAME
  std::string account;
  std::string name;
  base::Instant created{};
  base::Instant changed{};
  PasswordPolicy passwords;
  MailTemplate invitation;  // {username}, {####}
  MailTemplate code;        // {####}
  bool case_sensitive = true;
  bool protected_from_deletion = false;
  bool mfa_offered = false;                // MfaConfiguration OPTIONAL
  std::vector<std::string> auto_verified;  // shown
  std::vector<std::string> required;       // attributes that everybody has in the end
  std::vector<std::string> custom;         // attributes of its own: "custom:team"
  std::map<std::string, std::string> tags;
  std::string sealed_salting;
  PoolKey id_key, access_key;

  std::string arn(std::string_view region) const;
  // As a username is kept and compared.
  std::string folded(std::string_view username) const;
  // Whether people of this pool may have that attribute.
  bool has_attribute(std::string_view name) const;
};
WEIR_RECORD(UserPool, FIELD("Id", &UserPool::id), FIELD("Account", &UserPool::account), FIELD("Name", &UserPool::name),
            FIELD("Created", &UserPool::created), FIELD("Changed", &UserPool::changed),
            FIELD("Passwords", &UserPool::passwords), FIELD("Invitation", &UserPool::invitation),
            FIELD("Code", &UserPool::code), FIELD("CaseSensitive", &UserPool::case_sensitive),
            FIELD("Protected", &UserPool::protected_from_deletion), FIELD("MfaOffered", &UserPool::mfa_offered),
            FIELD("AutoVerified", &UserPool::auto_verified), FIELD("Required", &UserPool::required),
            FIELD("Custom", &UserPool::custom), FIELD("Tags", &UserPool::tags),
            FIELD("Salting", &UserPool::sealed_salting), FIELD("IdKey", &UserPool::id_key),
            FIELD("AccessKey", &UserPool::access_key))

// The name that proofs of passwords are bound to: what stands behind the _ of the id.
std::string_view name_part(std::string_view pool_id);
std::string pool_arn(std::string_view region, std::string_view account, std::string_view pool_id);
std::string new_pool_id(std::string_view region, base::Randomness& randomness);

// OpenID Connect's claims about a person, and Cognito's own.
bool is_standard_attribute(std::string_view name);

}  // namespace weir::people
