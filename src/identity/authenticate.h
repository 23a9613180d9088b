// From an access key id and perhaps a token to who is calling, and the secret with which the request's
// signature is then checked. Nobody is authenticated by this alone.
//
// Refusals, for the one switch per protocol (`about` says which text):
//   unauthenticated about "access key"  unknown or inactive key; a session's key id without its token;
//                                       a user or account that is gone
//   unauthenticated about "token"       a token that does not hold, comes with a long-term key or with
//                                       another key id, or whose role, user or SAML provider is gone
//   expired about "token"               out of time, ended by its account, or sealed with a retired key
//
// Threads: any; the cache is shared.
#pragma once
#include <memory>
#include <optional>
#include <string_view>

#include "identity/directory.h"
#include "identity/token_cache.h"

namespace weir::identity {

struct PresentedKey {
  std::string_view access_key_id;
  std::optional<std::string_view> token;
};

struct Authenticated {
  PrincipalPtr principal;
  std::shared_ptr<const base::Secret> secret;
};

base::Result<Authenticated> authenticate(const PresentedKey& presented, const Directory& directory, const KeyRing& ring,
                                         TokenCache& cache, base::Instant now);

// Whoever was let in with that key before, as of now: for work that goes on after its request. Refuses as
// authenticate() would.
base::Result<PrincipalPtr> authenticate_again(const Principal& earlier, std::string_view access_key_id,
                                              const Directory& directory, base::Instant now);

}  // namespace weir::identity
