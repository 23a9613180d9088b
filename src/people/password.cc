#include "people/password.h"

#include <argon2.h>

#include <algorithm>
#include <string>

#include "base/text.h"

namespace weir::people {
namespace {

constexpr std::string_view kUpper = "ABCDEFGHJKLMNPQRSTUVWXYZ", kLower = "abcdefghijkmnpqrstuvwxyz";
constexpr std::string_view kDigits = "23456789", kPlainSymbols = "!@#%+=?-";
// The special characters of the list in Cognito's guide.
constexpr std::string_view kSymbols = "^$*.[]{}()?\"!@#%&/\\,><':;|_~`=+- ";
constexpr size_t kTemporaryLength = 16;
constexpr uint32_t kLanes = 1, kHashBytes = 32;
constexpr size_t kSaltBytes = 16;

bool has(std::string_view text, bool (*is)(char)) { return std::ranges::any_of(text, is); }

base::Error refused(std::string why) {
  return base::invalid("Password did not conform with policy: " + std::move(why), "password");
}

void shuffle(std::string& text, base::Randomness& randomness) {
  for (size_t i = text.size(); i > 1; --i) {
    std::string places;
    for (size_t place = 0; place < i; ++place) places += static_cast<char>(place);
    std::swap(text[i - 1], text[static_cast<unsigned char>(randomness.text(1, places).front())]);
  }
}

}  // namespace

base::Status check_password(const PasswordPolicy& policy, const base::Secret& password) {
  const auto& text = password.reveal();
  if (text.size() > kPasswordBytesMax || !base::is_valid_utf8(text)) return refused("Password is too long");
  if (base::utf8_length(text) < static_cast<size_t>(policy.minimum_length)) return refused("Password not long enough");
  if (policy.digits && !has(text, [](char c) { return c >= '0' && c <= '9'; }))
    return refused("Password must have numeric characters");
  if (policy.lower && !has(text, [](char c) { return c >= 'a' && c <= 'z'; }))
    return refused("Password must have lowercase characters");
  if (policy.upper && !has(text, [](char c) { return c >= 'A' && c <= 'Z'; }))
    return refused("Password must have uppercase characters");
  if (policy.symbols && !has(text, [](char c) { return kSymbols.find(c) != std::string_view::npos; }))
    return refused("Password must have symbol characters");
  return {};
}

base::Secret temporary_password(const PasswordPolicy& policy, base::Randomness& randomness) {
  auto length = std::max(kTemporaryLength, static_cast<size_t>(policy.minimum_length));
  std::string text;
  for (auto alphabet : {kUpper, kLower, kDigits, kPlainSymbols}) text += randomness.text(1, alphabet);
  text += randomness.text(length - text.size(), std::string(kUpper).append(kLower).append(kDigits));
  shuffle(text, randomness);
  return base::Secret(std::move(text));
}

base::Result<std::string> hash_password(const base::Secret& password, base::Randomness& randomness) {
  auto salt = randomness.bytes(kSaltBytes);
  const auto& text = password.reveal();
  std::string out(argon2_encodedlen(kHashPasses, kHashKibibytes, kLanes, kSaltBytes, kHashBytes, Argon2_id), '\0');
  int done = argon2id_hash_encoded(kHashPasses, kHashKibibytes, kLanes, text.data(), text.size(), salt.data(),
                                   salt.size(), kHashBytes, out.data(), out.size());
  if (done != ARGON2_OK) return base::internal(std::string("hashing a password: ") + argon2_error_message(done));
  out.resize(out.find('\0'));
  return out;
}

bool password_matches(std::string_view hash, const base::Secret& password) {
  const auto& text = password.reveal();
  return argon2id_verify(std::string(hash).c_str(), text.data(), text.size()) == ARGON2_OK;
}

}  // namespace weir::people
