// The keys everything secret hangs on: session tokens are sealed with `session` keys, the secrets of
// long-term access keys with `storage` keys.
//
// A ring is an immutable value; rotating makes another one, which replicas share through its text
// (key_ring_file.h). Threads: a value; read it from any.
//
// Invariants:
//  1. There is exactly one active key of each use, and what we seal is sealed with it.
//  2. A verify-only key opens what it sealed. A retired key opens nothing; its bytes are gone.
//  3. The deployment's id is part of what every seal authenticates, so that nothing sealed by one
//     deployment opens in another, even when they came to share a key.
//  4. A ring key itself never touches data: what seals and what derives are keys derived from it.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/secret.h"

namespace weir::identity {

enum class KeyUse { session, storage };
enum class KeyState { active, verify_only, retired };

struct RingKey {
  std::string id;  // eight hex digits
  KeyUse use = KeyUse::session;
  KeyState state = KeyState::retired;
  base::Instant created{};
  base::Instant state_since{};
  base::Secret bytes;     // 32; none when retired
  base::Secret sealing;   // derived: AES-256-GCM
  base::Secret deriving;  // derived: the secrets of sessions
};

// The longest session (GetSessionToken's 36 hours): so long a session key stays verify-only at least.
inline constexpr base::Seconds kVerifyOnlyKept{36 * 3600};

class KeyRing {
 public:
  static KeyRing fresh(base::Instant now, base::Randomness& randomness);
  static base::Result<KeyRing> parse(std::string_view text);
  base::Secret text() const;

  const std::string& deployment() const { return deployment_; }
  const RingKey& active(KeyUse use) const;
  // The key that opens what the key of that id sealed; null for unknown and retired ones.
  const RingKey* find(KeyUse use, std::string_view id) const;
  // True while a key of that use is verify-only: what it sealed may still be about.
  bool has_older(KeyUse use) const;

  // A new active key of that use; the old one becomes verify-only. Session keys that have been
  // verify-only for kVerifyOnlyKept retire. Storage keys wait for retire_storage_keys().
  KeyRing rotated(KeyUse use, base::Instant now, base::Randomness& randomness) const;
  // To be called when every stored secret has been sealed anew with the active key (sealed_secrets.h).
  KeyRing retire_storage_keys(base::Instant now) const;

 private:
  void add_active(KeyUse use, base::Instant now, base::Randomness& randomness);
  base::Status check() const;

  std::string deployment_;
  std::vector<RingKey> keys_;
};

// Seals a secret for the store; `purpose` names what it is ("access-key/AKIA..."), and only the same
// purpose opens it. Base64 text.
std::string seal_secret(const KeyRing& ring, std::string_view purpose, const base::Secret& secret,
                        base::Randomness& randomness);
base::Result<base::Secret> open_secret(const KeyRing& ring, std::string_view purpose, std::string_view sealed);
// True when the active storage key sealed it.
bool is_sealed_with_active(const KeyRing& ring, std::string_view sealed);

}  // namespace weir::identity
