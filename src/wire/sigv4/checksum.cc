#include "wire/sigv4/checksum.h"

#include <zlib.h>

#include <algorithm>

#include "base/text.h"

namespace weir::wire {
namespace {

struct Row {
  ChecksumAlgorithm algorithm;
  std::string_view header, name;
  size_t bytes;
};
constexpr Row kRows[] = {
    {ChecksumAlgorithm::crc32, "x-amz-checksum-crc32", "CRC32", 4},
    {ChecksumAlgorithm::crc32c, "x-amz-checksum-crc32c", "CRC32C", 4},
    {ChecksumAlgorithm::crc64nvme, "x-amz-checksum-crc64nvme", "CRC64NVME", 8},
    {ChecksumAlgorithm::sha1, "x-amz-checksum-sha1", "SHA1", 20},
    {ChecksumAlgorithm::sha256, "x-amz-checksum-sha256", "SHA256", 32},
    {ChecksumAlgorithm::md5, "content-md5", "MD5", 16},
};

const Row& row(ChecksumAlgorithm algorithm) {
  for (const auto& row : kRows)
    if (row.algorithm == algorithm) return row;
  return kRows[0];
}

std::optional<base::Digest> digest_of(ChecksumAlgorithm algorithm) {
  switch (algorithm) {
    case ChecksumAlgorithm::sha1: return base::Digest::sha1;
    case ChecksumAlgorithm::sha256: return base::Digest::sha256;
    case ChecksumAlgorithm::md5: return base::Digest::md5;
    case ChecksumAlgorithm::crc32:
    case ChecksumAlgorithm::crc32c:
    case ChecksumAlgorithm::crc64nvme: break;
  }
  return {};
}

std::string big_endian(uint64_t value, size_t bytes) {
  std::string out(bytes, '\0');
  for (size_t i = bytes; i-- > 0; value >>= 8) out[i] = static_cast<char>(value & 255);
  return out;
}

}  // namespace

base::Result<ChecksumAlgorithm> checksum_algorithm(std::string_view name) {
  for (const auto& row : kRows)
    if (base::equal_ignoring_case(name, row.header) || base::equal_ignoring_case(name, row.name)) return row.algorithm;
  return base::invalid(
      "Checksum algorithm provided is unsupported. Please try again with any of the valid types: "
      "[CRC32, CRC32C, CRC64NVME, SHA1, SHA256]",
      "checksum");
}
std::string_view checksum_header(ChecksumAlgorithm algorithm) { return row(algorithm).header; }
std::string_view checksum_name(ChecksumAlgorithm algorithm) { return row(algorithm).name; }

Checksum::Checksum(ChecksumAlgorithm algorithm) : algorithm_(algorithm) {
  if (auto digest = digest_of(algorithm)) hasher_.emplace(*digest);
}

void Checksum::update(std::string_view bytes) {
  if (hasher_) return hasher_->update(bytes);
  if (algorithm_ == ChecksumAlgorithm::crc32) {
    crc_ = ::crc32_z(crc_, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size());
  } else if (algorithm_ == ChecksumAlgorithm::crc32c) {
    crc_ = base::crc32c(static_cast<uint32_t>(crc_), bytes);
  } else {
    crc_ = base::crc64nvme(crc_, bytes);
  }
}

std::string Checksum::value() {
  return base::base64(hasher_ ? hasher_->finish() : big_endian(crc_, row(algorithm_).bytes));
}

base::Status check_checksum_form(ChecksumAlgorithm algorithm, std::string_view claimed) {
  auto bytes = base::unbase64(claimed);
  if (!bytes.ok() || bytes->size() != row(algorithm).bytes)
    return base::invalid("Value for " + std::string(row(algorithm).header) + " header is invalid.", "checksum");
  return {};
}

}  // namespace weir::wire
