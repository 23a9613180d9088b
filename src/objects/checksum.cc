#include "objects/checksum.h"

#include <zlib.h>

#include <array>
#include <utility>

#include "base/hash.h"
#include "base/text.h"

namespace weir::objects {
namespace {

using base::Result;
using enum ChecksumAlgorithm;

constexpr std::array<std::pair<ChecksumAlgorithm, std::string_view>, 5> kAlgorithms = {
    {{crc32, "CRC32"}, {crc32c, "CRC32C"}, {crc64nvme, "CRC64NVME"}, {sha1, "SHA1"}, {sha256, "SHA256"}}};

constexpr uint32_t kCrc32 = 0xedb88320U;
constexpr uint32_t kCrc32c = 0x82f63b78U;
constexpr uint64_t kCrc64Nvme = 0x9a6c9329ac4bc9b5ULL;

template <class Word>
constexpr Word kOne = Word{1} << (sizeof(Word) * 8 - 1);  // the polynomial "1", reflected

// a * b modulo the polynomial, all reflected.
template <class Word>
Word multiply(Word a, Word b, Word polynomial) {
  Word product = 0;
  for (Word bit = kOne<Word>; bit; bit >>= 1) {
    if (a & bit) product ^= b;
    b = (b >> 1) ^ ((b & 1) ? polynomial : 0);
  }
  return product;
}

// Appending n bytes multiplies a CRC by x^(8n).
template <class Word>
Word combine_words(Word a, Word b, uint64_t b_size, Word polynomial) {
  Word shift = kOne<Word>, power = kOne<Word> >> 8;
  for (; b_size; b_size >>= 1) {
    if (b_size & 1) shift = multiply(shift, power, polynomial);
    power = multiply(power, power, polynomial);
  }
  return multiply(shift, a, polynomial) ^ b;
}

template <class Word>
std::string big_endian(Word word) {
  std::string out;
  for (size_t i = sizeof(Word); i-- > 0;) out += static_cast<char>(word >> (8 * i));
  return out;
}
uint64_t from_big_endian(std::string_view bytes) {
  uint64_t word = 0;
  for (unsigned char c : bytes) word = (word << 8) | c;
  return word;
}

std::string digest(ChecksumAlgorithm algorithm, std::string_view bytes) {
  switch (algorithm) {
    case crc32:
      return big_endian(
          static_cast<uint32_t>(::crc32_z(0, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size())));
    case crc32c: return big_endian(base::crc32c(0, bytes));
    case crc64nvme: return big_endian(base::crc64nvme(0, bytes));
    case sha1: return base::sha1(bytes);
    case sha256: return base::sha256(bytes);
  }
  return {};
}

Result<std::string> raw(ChecksumAlgorithm algorithm, std::string_view value) {
  auto bytes = base::unbase64(value);
  if (!bytes.ok() || bytes->size() != digest_size(algorithm))
    return base::invalid("A part has no valid " + std::string(to_string(algorithm)) + " checksum.", "checksum");
  return bytes;
}

// Only called for CRCs: offered() keeps full-object hashes out.
std::string combine_raw(ChecksumAlgorithm algorithm, std::string_view a, std::string_view b, uint64_t b_size) {
  auto left = from_big_endian(a), right = from_big_endian(b);
  if (algorithm == crc64nvme) return big_endian(combine_crc64nvme(left, right, b_size));
  auto l = static_cast<uint32_t>(left), r = static_cast<uint32_t>(right);
  return big_endian(algorithm == crc32 ? combine_crc32(l, r, b_size) : combine_crc32c(l, r, b_size));
}

}  // namespace

std::string_view to_string(ChecksumAlgorithm algorithm) { return kAlgorithms[static_cast<size_t>(algorithm)].second; }
std::string_view to_string(ChecksumType type) { return type == ChecksumType::composite ? "COMPOSITE" : "FULL_OBJECT"; }

std::optional<ChecksumAlgorithm> parse_checksum_algorithm(std::string_view name) {
  for (auto& [algorithm, known] : kAlgorithms)
    if (known == name) return algorithm;
  return std::nullopt;
}
std::optional<ChecksumType> parse_checksum_type(std::string_view name) {
  if (name == "COMPOSITE") return ChecksumType::composite;
  if (name == "FULL_OBJECT") return ChecksumType::full_object;
  return std::nullopt;
}

size_t digest_size(ChecksumAlgorithm algorithm) {
  switch (algorithm) {
    case crc32:
    case crc32c: return 4;
    case crc64nvme: return 8;
    case sha1: return 20;
    case sha256: return 32;
  }
  return 0;
}

base::Json to_json(ChecksumAlgorithm algorithm) { return to_string(algorithm); }
base::Json to_json(ChecksumType type) { return to_string(type); }
base::Status from_json(const base::Json& json, ChecksumAlgorithm& algorithm) {
  auto parsed = json.as_string() ? parse_checksum_algorithm(*json.as_string()) : std::nullopt;
  if (!parsed) return base::internal("record: a checksum algorithm was expected");
  algorithm = *parsed;
  return {};
}
base::Status from_json(const base::Json& json, ChecksumType& type) {
  auto parsed = json.as_string() ? parse_checksum_type(*json.as_string()) : std::nullopt;
  if (!parsed) return base::internal("record: a checksum type was expected");
  type = *parsed;
  return {};
}

ChecksumType default_type(ChecksumAlgorithm algorithm) {
  return algorithm == crc64nvme ? ChecksumType::full_object : ChecksumType::composite;
}
bool offered(ChecksumAlgorithm algorithm, ChecksumType type) {
  if (type == ChecksumType::composite) return algorithm != crc64nvme;
  return algorithm != sha1 && algorithm != sha256;
}

Result<Checksum> combine(ChecksumAlgorithm algorithm, ChecksumType type, std::span<const PartChecksum> parts) {
  if (parts.empty() || !offered(algorithm, type))
    return base::invalid("The checksum type cannot be used with the checksum algorithm.", "checksum");
  std::string whole;
  for (size_t i = 0; i < parts.size(); ++i) {
    WEIR_TRY(auto bytes, raw(algorithm, parts[i].value));
    if (type == ChecksumType::composite) {
      whole += bytes;
    } else {
      whole = i == 0 ? bytes : combine_raw(algorithm, whole, bytes, parts[i].size);
    }
  }
  if (type == ChecksumType::full_object) return Checksum{algorithm, type, base::base64(whole)};
  return Checksum{algorithm, type, base::base64(digest(algorithm, whole)) + "-" + std::to_string(parts.size())};
}

uint32_t combine_crc32(uint32_t a, uint32_t b, uint64_t b_size) { return combine_words(a, b, b_size, kCrc32); }
uint32_t combine_crc32c(uint32_t a, uint32_t b, uint64_t b_size) { return combine_words(a, b, b_size, kCrc32c); }
uint64_t combine_crc64nvme(uint64_t a, uint64_t b, uint64_t b_size) { return combine_words(a, b, b_size, kCrc64Nvme); }

}  // namespace weir::objects
