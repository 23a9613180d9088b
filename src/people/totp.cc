#include "people/totp.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <cstdio>

namespace weir::people {
namespace {

constexpr std::string_view kBase32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
constexpr size_t kSecretDigits = 32;
constexpr int64_t kStepsAround = 1;
constexpr unsigned kCodes = 1'000'000;

// Whole bytes only; empty for what is not base32.
std::string from_base32(std::string_view text) {
  std::string out;
  unsigned held = 0, bits = 0;
  for (char c : text) {
    auto value = kBase32.find(c);
    if (value == std::string_view::npos) return {};
    held = (held << 5) | static_cast<unsigned>(value);
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    out += static_cast<char>((held >> bits) & 0xff);
  }
  return out;
}

std::array<unsigned char, 8> counter_of(int64_t step) {
  std::array<unsigned char, 8> out{};
  for (size_t i = 0; i < out.size(); ++i) out[out.size() - 1 - i] = static_cast<unsigned char>(step >> (8 * i));
  return out;
}

}  // namespace

base::Secret fresh_totp_secret(base::Randomness& randomness) {
  return base::Secret(randomness.text(kSecretDigits, kBase32));
}

std::string totp_code(const base::Secret& secret, int64_t step) {
  auto key = from_base32(secret.reveal());
  if (key.empty()) return {};
  auto counter = counter_of(step);
  std::array<unsigned char, EVP_MAX_MD_SIZE> mac{};
  unsigned size = 0;
  if (!HMAC(EVP_sha1(), key.data(), static_cast<int>(key.size()), counter.data(), counter.size(), mac.data(), &size))
    return {};
  size_t at = mac[size - 1] & 0x0f;
  unsigned number = ((mac[at] & 0x7fu) << 24) | (mac[at + 1] << 16u) | (mac[at + 2] << 8u) | mac[at + 3];
  char text[16];
  std::snprintf(text, sizeof text, "%06u", number % kCodes);
  return text;
}

std::optional<int64_t> totp_step(const base::Secret& secret, std::string_view code, base::Instant now, int64_t used) {
  auto present = base::to_epoch_whole_seconds(now) / kTotpStepSeconds;
  for (auto step = present - kStepsAround; step <= present + kStepsAround; ++step) {
    if (step <= used) continue;
    auto expected = totp_code(secret, step);
    if (!expected.empty() && base::same_bytes(expected, code)) return step;
  }
  return std::nullopt;
}

}  // namespace weir::people
