// Passwords: what a pool asks of them, temporary ones that are made up here, and the hash that they are held against
// when they come as they are (Argon2id, RFC 9106).
//
// INVARIANT: nothing here keeps a password; a hash names its own parameters and salt.
//
// Threads: values and pure functions. A hash takes kHashKibibytes of memory while it is made.
#pragma once
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/record.h"
#include "base/result.h"
#include "base/secret.h"

namespace weir::people {

inline constexpr size_t kPasswordBytesMax = 256;
inline constexpr uint32_t kHashKibibytes = 19 * 1024, kHashPasses = 2;  // OWASP's advice of 2024

struct PasswordPolicy {
  int64_t minimum_length = 8;
  bool upper = true, lower = true, digits = true, symbols = true;
  int64_t temporary_days = 7;
  bool operator==(const PasswordPolicy&) const = default;
};
WEIR_RECORD(PasswordPolicy, FIELD("MinimumLength", &PasswordPolicy::minimum_length),
            FIELD("Upper", &PasswordPolicy::upper), FIELD("Lower", &PasswordPolicy::lower),
            FIELD("Digits", &PasswordPolicy::digits), FIELD("Symbols", &PasswordPolicy::symbols),
            FIELD("TemporaryDays", &PasswordPolicy::temporary_days))

// Kind::invalid about "password", in the words clients show.
base::Status check_password(const PasswordPolicy& policy, const base::Secret& password);

// One that every policy accepts, without characters that are easily mistaken for each other.
base::Secret temporary_password(const PasswordPolicy& policy, base::Randomness& randomness);

base::Result<std::string> hash_password(const base::Secret& password, base::Randomness& randomness);
// False also for a hash that cannot be read.
bool password_matches(std::string_view hash, const base::Secret& password);

}  // namespace weir::people
