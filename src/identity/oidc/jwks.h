// The keys an issuer signs with (RFC 7517 section 5), as it publishes them.
//
// Keys that cannot be used here (another kind, for encryption, weak, with their private part) are passed over,
// as the RFC asks. What makes the set itself untrustworthy refuses it: not one JSON object, a member name twice,
// two usable keys of one kid and kind, more than kKeysMax of them, no usable key at all.
//
// Threads: an immutable value.
#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "identity/oidc/public_key.h"

namespace weir::identity::oidc {

inline constexpr size_t kJwksBytesMax = 512 * 1024;
inline constexpr size_t kKeysMax = 100;

class KeySet {
 public:
  // Errors: provider_unreachable, since what cannot be read might be mended at the next fetch.
  static base::Result<KeySet> parse(std::string_view text);

  // The one key for a token of that header. Without a kid: the only key that suits, when it is the only one.
  const PublicKey* find(const std::optional<std::string>& kid, Algorithm algorithm) const;
  size_t size() const { return keys_.size(); }

 private:
  std::vector<PublicKey> keys_;
};

}  // namespace weir::identity::oidc
