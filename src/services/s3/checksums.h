// What a client claims about the bytes it sends, and the proof of it.
//
// A claim is a x-amz-checksum-* header, a trailer that was announced to carry one, or Content-MD5. A claim
// that we cannot check is refused, never passed over. Threads: a Proof belongs to one request.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "objects/checksum.h"
#include "wire/codec.h"
#include "wire/sigv4/checksum.h"

namespace weir::services {

struct Claims {
  std::optional<wire::ChecksumAlgorithm> algorithm{};
  std::optional<std::string> value{};  // absent: the trailer will tell
  std::optional<std::string> md5{};    // raw
};
base::Result<Claims> read_claims(std::span<const wire::HeaderField> headers);

objects::ChecksumAlgorithm to_objects(wire::ChecksumAlgorithm algorithm);
wire::ChecksumAlgorithm to_wire(objects::ChecksumAlgorithm algorithm);

// Fed with every byte of a body; ends in the checksum to keep, or in the refusal of a false claim.
class Proof {
 public:
  // A body nobody claims anything about gets a checksum of `otherwise`.
  Proof(Claims claims, wire::ChecksumAlgorithm otherwise);
  void update(std::string_view bytes) { checksum_.update(bytes); }
  base::Result<objects::Checksum> finish(std::span<const wire::HeaderField> trailers);
  const std::optional<std::string>& md5() const { return claims_.md5; }

 private:
  base::Result<std::optional<std::string>> claimed(std::span<const wire::HeaderField> trailers) const;

  Claims claims_;
  wire::Checksum checksum_;
};

// For operations whose body must carry a checksum or Content-MD5.
base::Status check_required_checksum(const wire::WireRequest& request);

// The members ChecksumCRC32 ... ChecksumSHA256 of any output, and of any input.
template <class Out>
void show_checksum(const objects::Checksum& checksum, Out& out) {
  using enum objects::ChecksumAlgorithm;
  switch (checksum.algorithm) {
    case crc32: out.ChecksumCRC32 = checksum.value; break;
    case crc32c: out.ChecksumCRC32C = checksum.value; break;
    case crc64nvme: out.ChecksumCRC64NVME = checksum.value; break;
    case sha1: out.ChecksumSHA1 = checksum.value; break;
    case sha256: out.ChecksumSHA256 = checksum.value; break;
  }
  if constexpr (requires { out.ChecksumType; }) out.ChecksumType = std::string(to_string(checksum.type));
}

template <class In>
base::Result<std::optional<objects::Checksum>> given_checksum(const In& in) {
  using enum objects::ChecksumAlgorithm;
  if (in.ChecksumSHA512 || in.ChecksumMD5 || in.ChecksumXXHASH64 || in.ChecksumXXHASH3 || in.ChecksumXXHASH128)
    return base::invalid("The checksum algorithm is not supported.", "checksum");
  std::optional<objects::Checksum> found;
  auto take = [&](const std::optional<std::string>& value, objects::ChecksumAlgorithm algorithm) {
    if (!value) return true;
    if (found) return false;
    found = objects::Checksum{algorithm, objects::ChecksumType::full_object, *value};
    return true;
  };
  bool single = take(in.ChecksumCRC32, crc32) && take(in.ChecksumCRC32C, crc32c) &&
                take(in.ChecksumCRC64NVME, crc64nvme) && take(in.ChecksumSHA1, sha1) && take(in.ChecksumSHA256, sha256);
  if (!single)
    return base::invalid("Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.",
                         "checksum");
  return found;
}

}  // namespace weir::services
