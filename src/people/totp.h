// Codes of an authenticator app (RFC 6238): six digits of HMAC-SHA1, a new one every 30 seconds.
//
// INVARIANT: a code counts once: whoever saw it typed cannot use it again. The caller keeps the step it was of.
//
// Threads: pure functions.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/secret.h"

namespace weir::people {

inline constexpr int64_t kTotpStepSeconds = 30;

// Base32 as apps expect it, 160 bits.
base::Secret fresh_totp_secret(base::Randomness& randomness);

// The code of a step. Empty for a secret that is not base32.
std::string totp_code(const base::Secret& secret, int64_t step);

// The step a code is of, when that is the present one, the one before or the next, and later than `used`.
std::optional<int64_t> totp_step(const base::Secret& secret, std::string_view code, base::Instant now, int64_t used);

}  // namespace weir::people
