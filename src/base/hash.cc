#include "base/hash.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <array>

#include "base/openssl.h"
#include "base/text.h"

namespace weir::base {
namespace {

const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }
unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

using DigestContext = std::unique_ptr<EVP_MD_CTX, Freed<EVP_MD_CTX_free>>;
using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, Freed<EVP_CIPHER_CTX_free>>;

const EVP_MD* algorithm(Digest kind) {
  static const EVP_MD* sha256 = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  static const EVP_MD* sha1 = EVP_MD_fetch(nullptr, "SHA1", nullptr);
  static const EVP_MD* md5 = EVP_MD_fetch(nullptr, "MD5", nullptr);
  switch (kind) {
    case Digest::sha256: return sha256;
    case Digest::sha1: return sha1;
    case Digest::md5: return md5;
  }
  return sha256;
}

// Of two pieces, one after the other.
std::string digest(Digest kind, std::string_view first, std::string_view second = {}) {
  thread_local DigestContext context(EVP_MD_CTX_new());
  std::array<unsigned char, EVP_MAX_MD_SIZE> out;
  unsigned length = 0;
  EVP_DigestInit_ex2(context.get(), algorithm(kind), nullptr);
  EVP_DigestUpdate(context.get(), first.data(), first.size());
  EVP_DigestUpdate(context.get(), second.data(), second.size());
  CHECK_TRUE(EVP_DigestFinal_ex(context.get(), out.data(), &length) == 1, "a digest cannot fail");
  return std::string(reinterpret_cast<const char*>(out.data()), length);
}

const EVP_CIPHER* gcm() {
  static const EVP_CIPHER* cipher = EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr);
  return cipher;
}

constexpr size_t kNonce = 12, kTag = 16;

}  // namespace

std::string sha256(std::string_view bytes) { return digest(Digest::sha256, bytes); }
std::string sha1(std::string_view bytes) { return digest(Digest::sha1, bytes); }
std::string md5(std::string_view bytes) { return digest(Digest::md5, bytes); }
std::string sha256_hex(std::string_view bytes) { return hex(sha256(bytes)); }

// RFC 2104 over two digests: OpenSSL's own HMAC sets itself up anew for each key, which costs as much again.
std::string hmac_sha256(std::string_view key, std::string_view bytes) {
  constexpr size_t kBlock = 64;
  std::array<char, kBlock> inner{}, outer;
  std::string short_key;
  if (key.size() > kBlock) key = short_key = sha256(key);
  key.copy(inner.data(), kBlock);
  for (size_t i = 0; i < kBlock; ++i) {
    outer[i] = static_cast<char>(inner[i] ^ 0x5c);
    inner[i] = static_cast<char>(inner[i] ^ 0x36);
  }
  auto hashed = digest(Digest::sha256, {inner.data(), kBlock}, bytes);
  auto out = digest(Digest::sha256, {outer.data(), kBlock}, hashed);
  OPENSSL_cleanse(inner.data(), kBlock);
  OPENSSL_cleanse(outer.data(), kBlock);
  return out;
}

std::string hkdf_sha256(std::string_view key, std::string_view salt, std::string_view info, size_t length) {
  std::string prk = hmac_sha256(salt.empty() ? std::string(32, '\0') : std::string(salt), key);
  std::string out, block;
  for (char i = 1; out.size() < length; ++i) {
    block = hmac_sha256(prk, block + std::string(info) + i);
    out += block;
  }
  out.resize(length);
  return out;
}

struct Hasher::State {
  DigestContext context{EVP_MD_CTX_new()};
};
Hasher::Hasher(Digest kind) : state_(std::make_unique<State>()) {
  EVP_DigestInit_ex2(state_->context.get(), algorithm(kind), nullptr);
}
Hasher::Hasher(Hasher&&) noexcept = default;
Hasher& Hasher::operator=(Hasher&&) noexcept = default;
Hasher::~Hasher() = default;
void Hasher::update(std::string_view bytes) { EVP_DigestUpdate(state_->context.get(), bytes.data(), bytes.size()); }
std::string Hasher::finish() {
  std::string out(EVP_MAX_MD_SIZE, '\0');
  unsigned length = 0;
  EVP_DigestFinal_ex(state_->context.get(), bytes_of(out), &length);
  out.resize(length);
  return out;
}

std::string seal(std::string_view key32, std::string_view nonce12, std::string_view plain, std::string_view aad) {
  CHECK_TRUE(key32.size() == 32 && nonce12.size() == kNonce, "AES-256-GCM sizes");
  thread_local CipherContext context(EVP_CIPHER_CTX_new());
  std::string out(kNonce + plain.size() + kTag, '\0');
  out.replace(0, kNonce, nonce12);
  int n = 0;
  auto* c = context.get();
  bool ok = EVP_EncryptInit_ex2(c, gcm(), bytes_of(key32), bytes_of(nonce12), nullptr) == 1 &&
            EVP_EncryptUpdate(c, nullptr, &n, bytes_of(aad), static_cast<int>(aad.size())) == 1 &&
            EVP_EncryptUpdate(c, bytes_of(out) + kNonce, &n, bytes_of(plain), static_cast<int>(plain.size())) == 1 &&
            EVP_EncryptFinal_ex(c, bytes_of(out) + kNonce + plain.size(), &n) == 1 &&
            EVP_CIPHER_CTX_ctrl(c, EVP_CTRL_AEAD_GET_TAG, kTag, bytes_of(out) + kNonce + plain.size()) == 1;
  CHECK_TRUE(ok, "sealing cannot fail");
  return out;
}

Result<std::string> unseal(std::string_view key32, std::string_view sealed, std::string_view aad) {
  if (key32.size() != 32 || sealed.size() < kNonce + kTag) return fail(Kind::unauthenticated, "not a sealed value");
  thread_local CipherContext context(EVP_CIPHER_CTX_new());
  auto body = sealed.substr(kNonce, sealed.size() - kNonce - kTag);
  std::string tag(sealed.substr(sealed.size() - kTag)), out(body.size(), '\0');
  int n = 0;
  auto* c = context.get();
  bool ok = EVP_DecryptInit_ex2(c, gcm(), bytes_of(key32), bytes_of(sealed), nullptr) == 1 &&
            EVP_DecryptUpdate(c, nullptr, &n, bytes_of(aad), static_cast<int>(aad.size())) == 1 &&
            EVP_DecryptUpdate(c, bytes_of(out), &n, bytes_of(body), static_cast<int>(body.size())) == 1 &&
            EVP_CIPHER_CTX_ctrl(c, EVP_CTRL_AEAD_SET_TAG, kTag, bytes_of(tag)) == 1 &&
            EVP_DecryptFinal_ex(c, bytes_of(out) + out.size(), &n) == 1;
  if (!ok) return fail(Kind::unauthenticated, "the seal does not hold");
  return out;
}

namespace {
template <class Word>
constexpr std::array<Word, 256> reflected_table(Word polynomial) {
  std::array<Word, 256> table{};
  for (unsigned i = 0; i < 256; ++i) {
    Word word = i;
    for (int bit = 0; bit < 8; ++bit) word = (word >> 1) ^ ((word & 1) ? polynomial : 0);
    table[i] = word;
  }
  return table;
}
template <class Word>
Word reflected_crc(const std::array<Word, 256>& table, Word crc, std::string_view bytes) {
  crc = ~crc;
  for (unsigned char c : bytes) crc = table[(crc ^ c) & 255] ^ (crc >> 8);
  return ~crc;
}
}  // namespace

uint32_t crc32c(uint32_t crc, std::string_view bytes) {
  static constexpr auto kTable = reflected_table<uint32_t>(0x82f63b78U);
  return reflected_crc(kTable, crc, bytes);
}
uint64_t crc64nvme(uint64_t crc, std::string_view bytes) {
  static constexpr auto kTable = reflected_table<uint64_t>(0x9a6c9329ac4bc9b5ULL);
  return reflected_crc(kTable, crc, bytes);
}

}  // namespace weir::base
