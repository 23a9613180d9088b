#include "identity/ids.h"

#include <cstdio>

#include "base/text.h"

namespace weir::identity {
namespace {

constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
constexpr size_t kUniqueIdTail = 17;
constexpr uint64_t kTopBit = uint64_t{1} << 39;  // of a half: 40 bits, eight characters

std::string half_text(uint64_t bits) {
  std::string out(8, 'A');
  for (size_t i = 8; i-- > 0; bits >>= 5) out[i] = kAlphabet[bits & 31];
  return out;
}

base::Result<uint64_t> half_bits(std::string_view text) {
  uint64_t bits = 0;
  for (char c : text) {
    auto at = kAlphabet.find(c);
    if (at == std::string_view::npos) return base::invalid("not an access key id", "access key");
    bits = bits << 5 | at;
  }
  return bits;
}

std::string new_key_id(std::string_view prefix, const names::AccountId& account, base::Randomness& randomness) {
  auto number = static_cast<uint64_t>(base::parse_int(account.text()).value());
  uint64_t random = 0;
  for (unsigned char c : randomness.bytes(5)) random = random << 8 | c;
  return std::string(prefix) + half_text(kTopBit | number >> 1) +
         half_text((number & 1 ? kTopBit : 0) | (random & (kTopBit - 1)));
}

}  // namespace

std::string_view prefix_of(IdKind kind) {
  switch (kind) {
    case IdKind::user: return "AIDA";
    case IdKind::role: return "AROA";
    case IdKind::group: return "AGPA";
    case IdKind::managed_policy: return "ANPA";
  }
  return "";
}

std::string new_unique_id(IdKind kind, base::Randomness& randomness) {
  return std::string(prefix_of(kind)) + randomness.text(kUniqueIdTail, kAlphabet);
}

bool is_unique_id(IdKind kind, std::string_view text) {
  return text.size() == 4 + kUniqueIdTail && text.starts_with(prefix_of(kind)) &&
         text.find_first_not_of(kAlphabet) == std::string_view::npos;
}

std::string new_long_term_key_id(const names::AccountId& account, base::Randomness& randomness) {
  return new_key_id("AKIA", account, randomness);
}
std::string new_session_key_id(const names::AccountId& account, base::Randomness& randomness) {
  return new_key_id("ASIA", account, randomness);
}

base::Result<names::AccountId> account_of_access_key(std::string_view id) {
  if (id.size() != 20 || (!id.starts_with("AKIA") && !id.starts_with("ASIA")))
    return base::invalid("not an access key id", "access key");
  WEIR_TRY(uint64_t high, half_bits(id.substr(4, 8)));
  WEIR_TRY(uint64_t low, half_bits(id.substr(12, 8)));
  if (!(high & kTopBit)) return base::invalid("the access key id names no account", "access key");
  char digits[24];
  std::snprintf(digits, sizeof digits, "%012llu",
                static_cast<unsigned long long>((high & (kTopBit - 1)) << 1 | low >> 39));
  return names::AccountId::parse(digits);
}

base::Secret new_secret(base::Randomness& randomness) { return base::Secret(base::base64(randomness.bytes(30))); }

}  // namespace weir::identity
