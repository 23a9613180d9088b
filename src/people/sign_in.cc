#include "people/sign_in.h"

#include "base/hash.h"
#include "base/text.h"

namespace weir::people {
namespace {

constexpr size_t kSecretBytes = 32;
constexpr size_t kTextMax = 1024;

}  // namespace

base::Secret RefreshToken::text() const {
  return base::Secret(base::base64url(sub + "/" + id + "/" + secret.reveal()));
}

std::string RefreshToken::hash() const { return base::sha256_hex(secret.reveal()); }

RefreshToken fresh_refresh_token(const std::string& sub, const std::string& id, base::Randomness& randomness) {
  return {sub, id, base::Secret(base::base64url(randomness.bytes(kSecretBytes)))};
}

std::optional<RefreshToken> read_refresh_token(std::string_view text) {
  if (text.size() > kTextMax) return std::nullopt;
  auto plain = base::unbase64url(text);
  if (!plain.ok()) return std::nullopt;
  auto parts = base::split(*plain, '/');
  if (parts.size() != 3 || parts[0].empty() || parts[1].empty() || parts[2].empty()) return std::nullopt;
  return RefreshToken{std::string(parts[0]), std::string(parts[1]), base::Secret(std::string(parts[2]))};
}

Standing standing_of(const SignIn& sign_in, const RefreshToken& token, base::Instant now) {
  auto hash = token.hash();
  if (base::same_bytes(sign_in.secret_hash, hash)) return Standing::current;
  if (sign_in.former_hash.empty() || !base::same_bytes(sign_in.former_hash, hash)) return Standing::foreign;
  return now < sign_in.former_until ? Standing::former : Standing::reused;
}

}  // namespace weir::people
