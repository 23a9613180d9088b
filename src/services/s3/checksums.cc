#include "services/s3/checksums.h"

#include "base/hash.h"
#include "base/text.h"

namespace weir::services {
namespace {

using base::Result;

constexpr std::string_view kChecksumPrefix = "x-amz-checksum-";
constexpr size_t kMd5Bytes = 16;

// Headers of that prefix that tell of checksums without being one.
bool tells_how(std::string_view name) {
  for (std::string_view other : {"x-amz-checksum-algorithm", "x-amz-checksum-mode", "x-amz-checksum-type"})
    if (base::equal_ignoring_case(name, other)) return true;
  return false;
}

bool carries_checksum(std::string_view name) {
  return base::starts_with_ignoring_case(name, kChecksumPrefix) && !tells_how(name);
}

base::Status claim(Claims& claims, std::string_view name, std::optional<std::string> value) {
  if (claims.algorithm)
    return base::invalid("Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.",
                         "checksum");
  WEIR_TRY(auto algorithm, wire::checksum_algorithm(name));
  if (algorithm == wire::ChecksumAlgorithm::md5)
    return base::invalid("The checksum algorithm is not supported.", "checksum");
  if (value) WEIR_CHECK_OK(wire::check_checksum_form(algorithm, *value));
  claims.algorithm = algorithm;
  claims.value = std::move(value);
  return {};
}

base::Status claim_trailers(Claims& claims, std::string_view announced) {
  for (auto name : base::split(announced, ','))
    if (name = base::trim(name); carries_checksum(name)) WEIR_CHECK_OK(claim(claims, name, std::nullopt));
  return {};
}

Result<std::string> read_md5(std::string_view header) {
  auto raw = base::unbase64(header);
  if (!raw || raw->size() != kMd5Bytes)
    return base::invalid("The Content-MD5 you specified is not valid.", "content-md5");
  return raw;
}

// x-amz-sdk-checksum-algorithm says what the client means to send; silence after it is a mistake.
base::Status check_announced(const Claims& claims, const std::string* named) {
  if (!named) return {};
  WEIR_TRY(auto algorithm, wire::checksum_algorithm(*named));
  if (!claims.algorithm && algorithm != wire::ChecksumAlgorithm::md5)
    return base::invalid(
        "x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or "
        "x-amz-trailer headers were found.",
        "checksum");
  if (claims.algorithm && *claims.algorithm != algorithm)
    return base::invalid("Value for x-amz-sdk-checksum-algorithm header is invalid.", "checksum");
  return {};
}

}  // namespace

Result<Claims> read_claims(std::span<const wire::HeaderField> headers) {
  Claims claims;
  for (auto& [name, value] : headers)
    if (carries_checksum(name)) WEIR_CHECK_OK(claim(claims, name, value));
  if (auto* announced = wire::find_header(headers, "x-amz-trailer")) WEIR_CHECK_OK(claim_trailers(claims, *announced));
  if (auto* md5 = wire::find_header(headers, "content-md5")) {
    WEIR_TRY(claims.md5, read_md5(*md5));
  }
  WEIR_CHECK_OK(check_announced(claims, wire::find_header(headers, "x-amz-sdk-checksum-algorithm")));
  return claims;
}

objects::ChecksumAlgorithm to_objects(wire::ChecksumAlgorithm algorithm) {
  switch (algorithm) {
    case wire::ChecksumAlgorithm::crc32: return objects::ChecksumAlgorithm::crc32;
    case wire::ChecksumAlgorithm::crc32c: return objects::ChecksumAlgorithm::crc32c;
    case wire::ChecksumAlgorithm::crc64nvme: return objects::ChecksumAlgorithm::crc64nvme;
    case wire::ChecksumAlgorithm::sha1: return objects::ChecksumAlgorithm::sha1;
    case wire::ChecksumAlgorithm::sha256: return objects::ChecksumAlgorithm::sha256;
    case wire::ChecksumAlgorithm::md5: break;
  }
  CHECK_TRUE(false, "MD5 is no checksum an object carries");
  return objects::ChecksumAlgorithm::crc64nvme;
}

wire::ChecksumAlgorithm to_wire(objects::ChecksumAlgorithm algorithm) {
  switch (algorithm) {
    case objects::ChecksumAlgorithm::crc32: return wire::ChecksumAlgorithm::crc32;
    case objects::ChecksumAlgorithm::crc32c: return wire::ChecksumAlgorithm::crc32c;
    case objects::ChecksumAlgorithm::crc64nvme: return wire::ChecksumAlgorithm::crc64nvme;
    case objects::ChecksumAlgorithm::sha1: return wire::ChecksumAlgorithm::sha1;
    case objects::ChecksumAlgorithm::sha256: return wire::ChecksumAlgorithm::sha256;
  }
  return wire::ChecksumAlgorithm::crc64nvme;
}

Proof::Proof(Claims claims, wire::ChecksumAlgorithm otherwise)
    : claims_(std::move(claims)), checksum_(claims_.algorithm.value_or(otherwise)) {}

Result<std::optional<std::string>> Proof::claimed(std::span<const wire::HeaderField> trailers) const {
  if (!claims_.algorithm || claims_.value) return claims_.value;
  auto* found = wire::find_header(trailers, wire::checksum_header(*claims_.algorithm));
  if (!found)
    return base::invalid(
        "The request contained trailing data that was not well-formed or did not conform to our published schema.",
        "trailer");
  WEIR_CHECK_OK(wire::check_checksum_form(*claims_.algorithm, *found));
  return std::optional<std::string>(*found);
}

Result<objects::Checksum> Proof::finish(std::span<const wire::HeaderField> trailers) {
  WEIR_TRY(auto claimed, claimed(trailers));
  auto value = checksum_.value();
  if (claimed && *claimed != value)
    return base::invalid("The " + std::string(wire::checksum_name(checksum_.algorithm())) +
                             " you specified did not match the calculated checksum.",
                         "digest");
  return objects::Checksum{to_objects(checksum_.algorithm()), objects::ChecksumType::full_object, std::move(value)};
}

base::Status check_required_checksum(const wire::WireRequest& request) {
  WEIR_TRY(auto claims, read_claims(request.headers));
  if (!claims.algorithm && !claims.md5)
    return base::invalid("Missing required header for this request: Content-MD5 OR x-amz-checksum-*", "checksum");
  if (claims.algorithm && !claims.value)
    return base::fail(base::Kind::unsupported, "A checksum in a trailer is not supported for this operation.",
                      "checksum");
  if (claims.md5 && *claims.md5 != base::md5(request.body))
    return base::invalid("The Content-MD5 you specified did not match what we received.", "digest");
  if (!claims.algorithm) return {};
  Proof proof(std::move(claims), wire::ChecksumAlgorithm::crc64nvme);
  proof.update(request.body);
  auto proved = proof.finish({});
  return proved ? base::Status() : base::Status(std::move(proved).error());
}

}  // namespace weir::services
