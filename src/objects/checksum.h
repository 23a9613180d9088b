// Checksums an object carries: values computed and verified above, kept and combined here.
//
// A multipart object has either a *composite* checksum (the checksum of the parts' checksums, written
// with "-N") or a *full object* one. Full-object CRCs are combined from the parts' CRCs and lengths,
// without reading a byte of the body; hashes cannot be combined, so SHA-1 and SHA-256 are composite.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/json.h"
#include "base/record.h"
#include "base/result.h"

namespace weir::objects {

enum class ChecksumAlgorithm { crc32, crc32c, crc64nvme, sha1, sha256 };
enum class ChecksumType { full_object, composite };

// As on the wire: CRC32, CRC32C, CRC64NVME, SHA1, SHA256; FULL_OBJECT, COMPOSITE.
std::string_view to_string(ChecksumAlgorithm algorithm);
std::string_view to_string(ChecksumType type);
std::optional<ChecksumAlgorithm> parse_checksum_algorithm(std::string_view name);
std::optional<ChecksumType> parse_checksum_type(std::string_view name);
size_t digest_size(ChecksumAlgorithm algorithm);  // raw bytes

base::Json to_json(ChecksumAlgorithm algorithm);
base::Json to_json(ChecksumType type);
base::Status from_json(const base::Json& json, ChecksumAlgorithm& algorithm);
base::Status from_json(const base::Json& json, ChecksumType& type);

struct Checksum {
  ChecksumAlgorithm algorithm = ChecksumAlgorithm::crc64nvme;
  ChecksumType type = ChecksumType::full_object;
  std::string value;  // base64; composite values end in "-N"
  bool operator==(const Checksum&) const = default;
};
WEIR_RECORD(Checksum, FIELD("algorithm", &Checksum::algorithm), FIELD("type", &Checksum::type),
            FIELD("value", &Checksum::value))

// The type an upload gets when the client names only the algorithm.
ChecksumType default_type(ChecksumAlgorithm algorithm);
// False for the pairs S3 does not offer: full-object hashes, composite CRC64NVME.
bool offered(ChecksumAlgorithm algorithm, ChecksumType type);

struct PartChecksum {
  std::string value;  // base64 of the part's checksum
  uint64_t size = 0;
};
// The checksum of the object made of these parts, in order.
base::Result<Checksum> combine(ChecksumAlgorithm algorithm, ChecksumType type, std::span<const PartChecksum> parts);

// The CRC of A||B from the CRCs of A and B and the length of B.
uint32_t combine_crc32(uint32_t a, uint32_t b, uint64_t b_size);
uint32_t combine_crc32c(uint32_t a, uint32_t b, uint64_t b_size);
uint64_t combine_crc64nvme(uint64_t a, uint64_t b, uint64_t b_size);

}  // namespace weir::objects
