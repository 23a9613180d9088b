// A sign-in that lasts: what a refresh token stands for, and what tokens made with it depend on.
//
//   refresh token  = base64url( sub "/" id "/" secret "." tag )        tag = HMAC( pool's key, sub "/" id "/" secret )
//
// Invariants:
//  1. Of the secret only its hash is kept.
//  2. When the record goes, the refresh token goes, and no access token that came of it is taken here any more.
//  3. Where tokens rotate, one that was used before counts again only for the grace its client has. Any earlier one is
//     known by its tag, of whichever generation: that somebody has a copy shows at its first use.
//
// Threads: values and pure functions.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/record.h"
#include "base/result.h"
#include "base/secret.h"

namespace weir::people {

struct SignIn {
  std::string id;  // origin_jti
  std::string pool;
  std::string sub;
  std::string username;
  std::string client;
  base::Instant signed_in{};  // auth_time
  base::Instant until{};
  std::string secret_hash;
  std::string former_hash;  // where tokens rotate
  base::Instant former_until{};
};
WEIR_RECORD(SignIn, FIELD("Id", &SignIn::id), FIELD("Pool", &SignIn::pool), FIELD("Sub", &SignIn::sub),
            FIELD("Username", &SignIn::username), FIELD("Client", &SignIn::client),
            FIELD("SignedIn", &SignIn::signed_in), FIELD("Until", &SignIn::until),
            FIELD("SecretHash", &SignIn::secret_hash), FIELD("FormerHash", &SignIn::former_hash),
            FIELD("FormerUntil", &SignIn::former_until))

struct RefreshToken {
  std::string sub;
  std::string id;
  base::Secret secret;  // with its tag
  base::Secret text() const;
  std::string hash() const;
  // Whether this deployment made it, for this sign-in.
  bool is_made_with(const base::Secret& key) const;
};
RefreshToken fresh_refresh_token(const std::string& sub, const std::string& id, const base::Secret& key,
                                 base::Randomness& randomness);
// Nothing for what is not of that form.
std::optional<RefreshToken> read_refresh_token(std::string_view text);

// What a refresh token is to the sign-in it names.
enum class Standing { current, former, reused, foreign };
Standing standing_of(const SignIn& sign_in, const RefreshToken& token, const base::Secret& key, base::Instant now);

}  // namespace weir::people
