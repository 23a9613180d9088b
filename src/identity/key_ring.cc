#include "identity/key_ring.h"

#include <algorithm>

#include "base/hash.h"
#include "base/record.h"
#include "base/text.h"

namespace weir::identity {
namespace {

constexpr size_t kKeyBytes = 32, kIdBytes = 4, kNonceBytes = 12;

// The ring as its file spells it.
struct WrittenKey {
  std::string id, use, state;
  base::Instant created{}, state_since{};
  base::Secret bytes;  // base64
};
WEIR_RECORD(WrittenKey, FIELD("Id", &WrittenKey::id), FIELD("Use", &WrittenKey::use),
            FIELD("State", &WrittenKey::state), FIELD("Created", &WrittenKey::created),
            FIELD("Since", &WrittenKey::state_since), FIELD("Key", &WrittenKey::bytes))
struct WrittenRing {
  std::string deployment;
  std::vector<WrittenKey> keys;
};
WEIR_RECORD(WrittenRing, FIELD("Deployment", &WrittenRing::deployment), FIELD("Keys", &WrittenRing::keys))

std::string_view to_text(KeyUse use) { return use == KeyUse::session ? "session" : "storage"; }

std::string_view to_text(KeyState state) {
  switch (state) {
    case KeyState::active: return "active";
    case KeyState::verify_only: return "verify-only";
    case KeyState::retired: return "retired";
  }
  return "retired";
}

base::Result<KeyUse> use_of(std::string_view text) {
  for (auto use : {KeyUse::session, KeyUse::storage})
    if (text == to_text(use)) return use;
  return base::internal("key ring: a key of unknown use");
}

base::Result<KeyState> state_of(std::string_view text) {
  for (auto state : {KeyState::active, KeyState::verify_only, KeyState::retired})
    if (text == to_text(state)) return state;
  return base::internal("key ring: a key in an unknown state");
}

void derive(RingKey& key) {
  if (key.bytes.empty()) return;
  key.sealing = base::Secret(base::hkdf_sha256(key.bytes.reveal(), "weir", "seal", kKeyBytes));
  key.deriving = base::Secret(base::hkdf_sha256(key.bytes.reveal(), "weir", "session secret", kKeyBytes));
}

void retire(RingKey& key, base::Instant now) {
  key.state = KeyState::retired;
  key.state_since = now;
  key.bytes = key.sealing = key.deriving = base::Secret();
}

base::Result<RingKey> read_key(const WrittenKey& written) {
  RingKey key;
  key.id = written.id;
  WEIR_TRY(key.use, use_of(written.use));
  WEIR_TRY(key.state, state_of(written.state));
  key.created = written.created;
  key.state_since = written.state_since;
  WEIR_TRY(auto bytes, base::unbase64(written.bytes.reveal()));
  key.bytes = base::Secret(std::move(bytes));
  derive(key);
  return key;
}

WrittenKey write_key(const RingKey& key) {
  return {key.id,
          std::string(to_text(key.use)),
          std::string(to_text(key.state)),
          key.created,
          key.state_since,
          base::Secret(base::base64(key.bytes.reveal()))};
}

std::string bound_to(const KeyRing& ring, std::string_view key_id, std::string_view purpose) {
  return ring.deployment() + '\n' + std::string(key_id) + '\n' + std::string(purpose);
}

}  // namespace

KeyRing KeyRing::fresh(base::Instant now, base::Randomness& randomness) {
  KeyRing ring;
  ring.deployment_ = base::hex(randomness.bytes(8));
  ring.add_active(KeyUse::session, now, randomness);
  ring.add_active(KeyUse::storage, now, randomness);
  return ring;
}

void KeyRing::add_active(KeyUse use, base::Instant now, base::Randomness& randomness) {
  RingKey key;
  do {
    key.id = base::hex(randomness.bytes(kIdBytes));
  } while (std::any_of(keys_.begin(), keys_.end(), [&](auto& other) { return other.id == key.id; }));
  key.use = use;
  key.state = KeyState::active;
  key.created = key.state_since = now;
  key.bytes = base::Secret(randomness.bytes(kKeyBytes));
  derive(key);
  keys_.push_back(std::move(key));
}

base::Result<KeyRing> KeyRing::parse(std::string_view text) {
  WEIR_TRY(auto written, base::decode_record<WrittenRing>(text));
  KeyRing ring;
  ring.deployment_ = written.deployment;
  for (auto& key : written.keys) {
    WEIR_TRY(auto read, read_key(key));
    ring.keys_.push_back(std::move(read));
  }
  WEIR_CHECK_OK(ring.check());
  return ring;
}

base::Status KeyRing::check() const {
  if (deployment_.empty()) return base::internal("key ring: no deployment id");
  for (auto use : {KeyUse::session, KeyUse::storage})
    if (std::count_if(keys_.begin(), keys_.end(),
                      [&](auto& key) { return key.use == use && key.state == KeyState::active; }) != 1)
      return base::internal("key ring: one active " + std::string(to_text(use)) + " key is needed");
  for (auto& key : keys_) {
    auto id = base::unhex(key.id);
    if (!id.ok() || id->size() != kIdBytes) return base::internal("key ring: a malformed key id");
    if (key.bytes.reveal().size() != (key.state == KeyState::retired ? 0 : kKeyBytes))
      return base::internal("key ring: key " + key.id + " has not 32 bytes");
    if (std::count_if(keys_.begin(), keys_.end(), [&](auto& other) { return other.id == key.id; }) != 1)
      return base::internal("key ring: two keys of id " + key.id);
  }
  return {};
}

base::Secret KeyRing::text() const {
  WrittenRing written{deployment_, {}};
  for (auto& key : keys_) written.keys.push_back(write_key(key));
  return base::Secret(base::encode_record(written));
}

const RingKey& KeyRing::active(KeyUse use) const {
  for (auto& key : keys_)
    if (key.use == use && key.state == KeyState::active) return key;
  base::broken_invariant("active key", "a ring has one active key of each use", __FILE__, __LINE__);
}

const RingKey* KeyRing::find(KeyUse use, std::string_view id) const {
  for (auto& key : keys_)
    if (key.use == use && key.id == id) return key.state == KeyState::retired ? nullptr : &key;
  return nullptr;
}

bool KeyRing::has_older(KeyUse use) const {
  return std::any_of(keys_.begin(), keys_.end(),
                     [&](const auto& key) { return key.use == use && key.state == KeyState::verify_only; });
}

KeyRing KeyRing::rotated(KeyUse use, base::Instant now, base::Randomness& randomness) const {
  KeyRing next = *this;
  for (auto& key : next.keys_) {
    if (key.use != use) continue;
    if (key.state == KeyState::active) {
      key.state = KeyState::verify_only;
      key.state_since = now;
    } else if (use == KeyUse::session && key.state == KeyState::verify_only &&
               now - key.state_since > kVerifyOnlyKept) {
      retire(key, now);
    }
  }
  next.add_active(use, now, randomness);
  return next;
}

KeyRing KeyRing::retire_storage_keys(base::Instant now) const {
  KeyRing next = *this;
  for (auto& key : next.keys_)
    if (key.use == KeyUse::storage && key.state == KeyState::verify_only) retire(key, now);
  return next;
}

std::string seal_secret(const KeyRing& ring, std::string_view purpose, const base::Secret& secret,
                        base::Randomness& randomness) {
  auto& key = ring.active(KeyUse::storage);
  return base::base64(base::unhex(key.id).value() + base::seal(key.sealing.reveal(), randomness.bytes(kNonceBytes),
                                                               secret.reveal(), bound_to(ring, key.id, purpose)));
}

base::Result<base::Secret> open_secret(const KeyRing& ring, std::string_view purpose, std::string_view sealed) {
  WEIR_TRY(auto bytes, base::unbase64(sealed));
  if (bytes.size() < kIdBytes) return base::internal("a sealed secret is cut short");
  auto id = base::hex(std::string_view(bytes).substr(0, kIdBytes));
  auto* key = ring.find(KeyUse::storage, id);
  if (!key) return base::internal("no storage key " + id + " in the key ring");
  auto opened =
      base::unseal(key->sealing.reveal(), std::string_view(bytes).substr(kIdBytes), bound_to(ring, id, purpose));
  if (!opened.ok()) return base::internal("the sealed secret of " + std::string(purpose) + " does not open");
  return base::Secret(std::move(opened).value());
}

bool is_sealed_with_active(const KeyRing& ring, std::string_view sealed) {
  auto bytes = base::unbase64(sealed);
  return bytes.ok() && bytes->size() >= kIdBytes &&
         base::hex(std::string_view(*bytes).substr(0, kIdBytes)) == ring.active(KeyUse::storage).id;
}

}  // namespace weir::identity
