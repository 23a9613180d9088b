#include "approvals/link.h"

#include <algorithm>

#include "base/hash.h"
#include "base/text.h"

namespace weir::approvals {
namespace {

constexpr std::string_view kVersion = "v1";
constexpr size_t kParts = 4, kSignatureBytes = 32, kKeyIdMax = 32;

base::Error malformed() { return base::invalid("This is not a link of an approval.", "token"); }

bool is_key_id(std::string_view text) {
  return !text.empty() && text.size() <= kKeyIdMax && text.find_first_not_of("0123456789abcdef") == text.npos;
}

// Base64 has several spellings of some bytes; only ours is let in.
base::Result<std::string> strict_unbase64url(std::string_view text) {
  auto bytes = base::unbase64url(text);
  if (!bytes.ok() || base::base64url(*bytes) != text) return malformed();
  return bytes;
}

std::string payload_of(const LinkClaims& claims) { return base::to_json(claims).dump(); }

}  // namespace

std::string recipient_hash(std::string_view approval, std::string_view recipient) {
  auto bytes = base::sha256(std::string(approval) + "\n" + std::string(recipient));
  return base::hex(std::string_view(bytes).substr(0, 16));
}

base::Secret sign_link(const LinkKey& key, const LinkClaims& claims) {
  auto text = std::string(kVersion) + "." + key.id + "." + base::base64url(payload_of(claims));
  auto signature = base::base64url(base::hmac_sha256(key.bytes.reveal(), text));
  return base::Secret(text + "." + signature);
}

bool is_link_token(std::string_view text) { return text.starts_with("v1."); }

base::Result<Link> parse_link(std::string_view token) {
  if (token.size() > kLinkTokenBytesMax) return malformed();
  auto parts = base::split(token, '.');
  if (parts.size() != kParts || parts[0] != kVersion || !is_key_id(parts[1])) return malformed();
  WEIR_TRY(auto payload, strict_unbase64url(parts[2]));
  WEIR_TRY(auto signature, strict_unbase64url(parts[3]));
  auto json = base::parse_json(payload, 2);
  Link link{std::string(parts[1]), {}, std::string(token.substr(0, token.rfind('.'))), std::move(signature)};
  if (!json.ok() || !base::from_json(*json, link.claims).ok() || payload_of(link.claims) != payload) return malformed();
  return link.signature.size() == kSignatureBytes ? base::Result<Link>(std::move(link)) : malformed();
}

bool is_signed_with(const Link& link, const LinkKey& key) {
  return link.key_id == key.id &&
         base::same_bytes(base::hmac_sha256(key.bytes.reveal(), link.signed_part), link.signature);
}

std::string link_hash(std::string_view token) { return base::sha256_hex(token); }

}  // namespace weir::approvals
