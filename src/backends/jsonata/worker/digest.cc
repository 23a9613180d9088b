#include "backends/jsonata/worker/digest.h"

#include <openssl/evp.h>

#include <array>
#include <utility>

namespace weir::backends::jsonata {
namespace {

constexpr std::array<std::pair<std::string_view, const EVP_MD* (*)()>, 5> kAlgorithms = {
    {{"MD5", EVP_md5}, {"SHA-1", EVP_sha1}, {"SHA-256", EVP_sha256}, {"SHA-384", EVP_sha384}, {"SHA-512", EVP_sha512}}};

}  // namespace

std::optional<std::string> hex_digest(std::string_view algorithm, std::string_view text) {
  for (auto& [name, digest] : kAlgorithms) {
    if (name != algorithm) continue;
    std::array<unsigned char, EVP_MAX_MD_SIZE> bytes;
    unsigned size = 0;
    if (EVP_Digest(text.data(), text.size(), bytes.data(), &size, digest(), nullptr) != 1) return std::nullopt;
    std::string out;
    for (unsigned i = 0; i < size; ++i) {
      out += "0123456789abcdef"[bytes[i] >> 4];
      out += "0123456789abcdef"[bytes[i] & 15];
    }
    return out;
  }
  return std::nullopt;
}

bool prepare_digests() {
  for (auto& [name, digest] : kAlgorithms)
    if (!hex_digest(name, "")) return false;
  return true;
}

}  // namespace weir::backends::jsonata
