#include "identity/oidc/jwks.h"

#include <algorithm>

#include "identity/oidc/faults.h"
#include "identity/oidc/strict_json.h"

namespace weir::identity::oidc {
namespace {

// Two keys that one header could mean. Keys of different kinds may share a kid (RFC 7517 section 4.5).
bool are_ambiguous(const PublicKey& a, const PublicKey& b) {
  auto both_suit = [&](Algorithm algorithm) { return a.suits(algorithm) && b.suits(algorithm); };
  return !a.kid().empty() && a.kid() == b.kid() &&
         (both_suit(Algorithm::rs256) || both_suit(Algorithm::rs384) || both_suit(Algorithm::rs512) ||
          both_suit(Algorithm::es256) || both_suit(Algorithm::es384) || both_suit(Algorithm::es512));
}

}  // namespace

base::Result<KeySet> KeySet::parse(std::string_view text) {
  if (text.size() > kJwksBytesMax) return provider_unreachable("key set: too long");
  auto json = parse_strict_object(text);
  if (!json.ok()) return provider_unreachable("key set: " + json.error().log);
  auto* list = json->find("keys") ? json->find("keys")->as_array() : nullptr;
  if (!list || list->size() > kKeysMax) return provider_unreachable("key set: no keys, or too many");
  KeySet out;
  for (const auto& each : *list) {
    auto key = PublicKey::from_jwk(each);
    if (!key.ok()) continue;
    auto same = [&](const PublicKey& other) { return are_ambiguous(*key, other); };
    if (std::any_of(out.keys_.begin(), out.keys_.end(), same)) return provider_unreachable("key set: a kid twice");
    out.keys_.push_back(std::move(*key));
  }
  if (out.keys_.empty()) return provider_unreachable("key set: no usable key");
  return out;
}

const PublicKey* KeySet::find(const std::optional<std::string>& kid, Algorithm algorithm) const {
  const PublicKey* found = nullptr;
  for (const auto& key : keys_) {
    if (!key.suits(algorithm) || (kid && key.kid() != *kid)) continue;
    if (found) return nullptr;
    found = &key;
  }
  return found;
}

}  // namespace weir::identity::oidc
