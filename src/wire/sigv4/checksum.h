// The checksums S3 clients send with their bodies, by the name of the header that carries them.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/hash.h"
#include "base/result.h"

namespace weir::wire {

enum class ChecksumAlgorithm { crc32, crc32c, crc64nvme, sha1, sha256, md5 };

// "x-amz-checksum-crc32", "CRC32" or "content-md5", in any case. Algorithms that exist but are not
// offered, and names that mean nothing, are refused (kind invalid, about "checksum").
base::Result<ChecksumAlgorithm> checksum_algorithm(std::string_view name);
std::string_view checksum_header(ChecksumAlgorithm algorithm);  // lower case
std::string_view checksum_name(ChecksumAlgorithm algorithm);    // as in x-amz-checksum-algorithm

// Fed piece by piece; value() ends it.
class Checksum {
 public:
  explicit Checksum(ChecksumAlgorithm algorithm);
  ChecksumAlgorithm algorithm() const { return algorithm_; }
  void update(std::string_view bytes);
  std::string value();  // base64 of the big-endian bytes; once

 private:
  ChecksumAlgorithm algorithm_;
  uint64_t crc_ = 0;
  std::optional<base::Hasher> hasher_;
};

// Is `claimed` a well-formed value of that algorithm? (about "checksum" when not)
base::Status check_checksum_form(ChecksumAlgorithm algorithm, std::string_view claimed);

}  // namespace weir::wire
