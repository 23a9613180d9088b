#include "people/sign_in.h"

#include "base/hash.h"
#include "base/text.h"

namespace weir::people {
namespace {

constexpr size_t kSecretBytes = 32;
constexpr size_t kTextMax = 1024;

std::string tag_of(const std::string& sub, const std::string& id, std::string_view secret, const base::Secret& key) {
  return base::base64url(base::hmac_sha256(key.reveal(), sub + "/" + id + "/" + std::string(secret)));
}

}  // namespace

base::Secret RefreshToken::text() const {
  return base::Secret(base::base64url(sub + "/" + id + "/" + secret.reveal()));
}

std::string RefreshToken::hash() const { return base::sha256_hex(secret.reveal()); }

bool RefreshToken::is_made_with(const base::Secret& key) const {
  auto parts = base::split(secret.reveal(), '.');
  return parts.size() == 2 && base::same_bytes(tag_of(sub, id, parts[0], key), parts[1]);
}

RefreshToken fresh_refresh_token(const std::string& sub, const std::string& id, const base::Secret& key,
                                 base::Randomness& randomness) {
  auto secret = base::base64url(randomness.bytes(kSecretBytes));
  return {sub, id, base::Secret(secret + "." + tag_of(sub, id, secret, key))};
}

std::optional<RefreshToken> read_refresh_token(std::string_view text) {
  if (text.size() > kTextMax) return std::nullopt;
  auto plain = base::unbase64url(text);
  if (!plain.ok()) return std::nullopt;
  auto parts = base::split(*plain, '/');
  if (parts.size() != 3 || parts[0].empty() || parts[1].empty() || parts[2].empty()) return std::nullopt;
  return RefreshToken{std::string(parts[0]), std::string(parts[1]), base::Secret(std::string(parts[2]))};
}

Standing standing_of(const SignIn& sign_in, const RefreshToken& token, const base::Secret& key, base::Instant now) {
  auto hash = token.hash();
  if (base::same_bytes(sign_in.secret_hash, hash)) return Standing::current;
  bool former = !sign_in.former_hash.empty() && base::same_bytes(sign_in.former_hash, hash);
  if (former && now < sign_in.former_until) return Standing::former;
  return former || token.is_made_with(key) ? Standing::reused : Standing::foreign;
}

}  // namespace weir::people
