// Digests, MACs and authenticated encryption on OpenSSL 3: algorithms fetched once per process,
// contexts kept per thread. Digests come back as raw bytes; see text.h for hex and base64.
#pragma once
#include <array>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace weir::base {

std::string sha256(std::string_view bytes);
std::string sha1(std::string_view bytes);
std::string md5(std::string_view bytes);
std::string sha256_hex(std::string_view bytes);
std::string hmac_sha256(std::string_view key, std::string_view bytes);
std::string hkdf_sha256(std::string_view key, std::string_view salt, std::string_view info, size_t length);

enum class Digest { sha256, sha1, md5 };

// A digest fed piece by piece.
class Hasher {
 public:
  explicit Hasher(Digest kind);
  Hasher(Hasher&&) noexcept;
  Hasher& operator=(Hasher&&) noexcept;
  ~Hasher();
  void update(std::string_view bytes);
  std::string finish();  // once

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// AES-256-GCM. The sealed form is nonce(12) || ciphertext || tag(16).
std::string seal(std::string_view key32, std::string_view nonce12, std::string_view plain, std::string_view aad);
Result<std::string> unseal(std::string_view key32, std::string_view sealed, std::string_view aad);

// CRC-32 (zlib's), CRC-32C and CRC-64/NVME, continued from `crc` (0 to start).
uint32_t crc32c(uint32_t crc, std::string_view bytes);
uint64_t crc64nvme(uint64_t crc, std::string_view bytes);

}  // namespace weir::base
