#include "identity/session.h"

#include "base/hash.h"
#include "base/text.h"
#include "identity/session_payload.h"

namespace weir::identity {
namespace {

constexpr std::string_view kFormat = "LS1.";
constexpr size_t kIdBytes = 4, kNonceBytes = 12, kTagBytes = 16;
constexpr size_t kSecretBytes = 30;  // 40 characters of base64

std::string bound_to(const KeyRing& ring, std::string_view key_id) {
  return std::string(kFormat).append(key_id).append(1, '\n').append(ring.deployment());
}

base::Secret derived_secret(const RingKey& key, std::string_view access_key_id, std::string_view nonce) {
  return base::Secret(base::base64(base::hkdf_sha256(key.deriving.reveal(), nonce, access_key_id, kSecretBytes)));
}

size_t token_bytes(size_t payload) {
  return kFormat.size() + ((kIdBytes + kNonceBytes + payload + kTagBytes) * 4 + 2) / 3;
}

base::Error not_a_token() {
  return base::fail(base::Kind::unauthenticated, "The security token included in the request is invalid.", "token");
}

base::Error too_large(int percent) {
  return base::fail(
      base::Kind::limit_exceeded,
      "Packed size of session policies and tags consumes " + std::to_string(percent) + "% of the allotted space.",
      "packed policy");
}

}  // namespace

base::Result<SealedSession> seal_session(const Session& session, const KeyRing& ring, base::Randomness& randomness) {
  auto payload = encode_session(session);
  auto bytes = token_bytes(payload.size());
  int percent = static_cast<int>((bytes * 100 + kTokenBytesMax - 1) / kTokenBytesMax);
  if (bytes > kTokenBytesMax) return too_large(percent);

  auto& key = ring.active(KeyUse::session);
  auto nonce = randomness.bytes(kNonceBytes);
  auto sealed = base::seal(key.sealing.reveal(), nonce, payload, bound_to(ring, key.id));
  SealedSession out;
  out.token = std::string(kFormat) + base::base64url(base::unhex(key.id).value() + sealed);
  out.secret = derived_secret(key, session.access_key_id, nonce);
  out.packed_percent = percent;
  CHECK_TRUE(out.token.size() == bytes, "the size we promised is the size we made");
  return out;
}

base::Result<OpenedSession> open_session(std::string_view token, const KeyRing& ring) {
  if (token.size() > kTokenBytesMax || !token.starts_with(kFormat)) return not_a_token();
  auto raw = base::unbase64url(token.substr(kFormat.size()));
  if (!raw.ok() || raw->size() < kIdBytes + kNonceBytes + kTagBytes) return not_a_token();
  // One token, one spelling: the unused low bits of the last character must not make a second one.
  if (base::base64url(*raw) != token.substr(kFormat.size())) return not_a_token();

  std::string_view bytes = *raw;
  auto key_id = base::hex(bytes.substr(0, kIdBytes));
  auto* key = ring.find(KeyUse::session, key_id);
  if (!key) return base::fail(base::Kind::expired, "The security token included in the request is expired", "token");
  auto payload = base::unseal(key->sealing.reveal(), bytes.substr(kIdBytes), bound_to(ring, key_id));
  if (!payload.ok()) return not_a_token();
  auto session = decode_session(*payload);
  if (!session.ok()) return not_a_token();

  auto secret = derived_secret(*key, session->access_key_id, bytes.substr(kIdBytes, kNonceBytes));
  return OpenedSession{std::move(session).value(), std::move(secret)};
}

}  // namespace weir::identity
