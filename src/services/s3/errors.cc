#include "services/s3/errors.h"

#include <span>

namespace weir::services {
namespace {

struct Row {
  std::string_view about;
  WireError answer;
};

constexpr Row kInvalid[] = {
    {"bucket-name", {"InvalidBucketName", 400}},
    {"uri", {"InvalidURI", 400}},
    {"digest", {"BadDigest", 400}},
    {"content-md5", {"InvalidDigest", 400}},
    {"checksum", {"InvalidRequest", 400}},
    {"request", {"InvalidRequest", 400}},
    {"copy", {"InvalidRequest", 400}},
    {"payload", {"InvalidRequest", 400}},
    {"content-sha256", {"XAmzContentSHA256Mismatch", 400}},
    {"decoded-length", {"MissingContentLength", 411}},
    {"chunk-framing", {"IncompleteBody", 400}},
    {"chunk-size", {"InvalidChunkSizeError", 400}},
    {"incomplete-body", {"IncompleteBody", 400}},
    {"trailer", {"MalformedTrailerError", 400}},
    {"part", {"InvalidPart", 400}},
    {"part-order", {"InvalidPartOrder", 400}},
    {"part-size", {"EntityTooSmall", 400}},
    {"parts", {"MalformedXML", 400}},
    {"xml", {"MalformedXML", 400}},
    {"location", {"IllegalLocationConstraintException", 400}},
    {"location-name", {"InvalidLocationConstraint", 400}},
    {"storage-class", {"InvalidStorageClass", 400}},
    {"acl", {"AccessControlListNotSupported", 400}},
};

constexpr Row kNotFound[] = {
    {"bucket", {"NoSuchBucket", 404}},
    {"upload", {"NoSuchUpload", 404}},
    {"bucket-policy", {"NoSuchBucketPolicy", 404}},
    {"version", {"NoSuchVersion", 404}},
};

constexpr Row kLimits[] = {
    {"key", {"KeyTooLongError", 400}},
    {"metadata", {"MetadataTooLarge", 400}},
    {"range", {"InvalidRange", 416}},
    {"part-range", {"InvalidPartNumber", 416}},
};

constexpr Row kUnsupported[] = {
    {"method", {"MethodNotAllowed", 405}},
};

WireError pick(std::span<const Row> rows, std::string_view about, WireError otherwise) {
  for (const auto& row : rows)
    if (row.about == about) return row.answer;
  return otherwise;
}

}  // namespace

WireError s3_error(const base::Error& error) {
  using base::Kind;
  switch (error.kind) {
    case Kind::invalid: return pick(kInvalid, error.about, {"InvalidArgument", 400});
    case Kind::not_found: return pick(kNotFound, error.about, {"NoSuchKey", 404});
    case Kind::already_exists:
      return {error.about == "own-bucket" ? "BucketAlreadyOwnedByYou" : "BucketAlreadyExists", 409};
    case Kind::denied: return {"AccessDenied", 403};
    case Kind::unauthenticated: return {"SignatureDoesNotMatch", 403};  // of a chunk; keys are proved before
    case Kind::expired: return {"ExpiredToken", 400};
    case Kind::conflict:
      return error.about == "bucket" ? WireError{"BucketNotEmpty", 409} : WireError{"OperationAborted", 409};
    case Kind::concurrent: return {"OperationAborted", 409};
    case Kind::precondition_failed: return {"PreconditionFailed", 412};
    case Kind::limit_exceeded: return pick(kLimits, error.about, {"EntityTooLarge", 400});
    case Kind::type_mismatch: return {"InvalidRequest", 400};
    case Kind::malformed_policy: return {"MalformedPolicy", 400};
    case Kind::unsupported: return pick(kUnsupported, error.about, {"NotImplemented", 501});
    case Kind::throttled: return {"SlowDown", 503};
    case Kind::unavailable: return {"ServiceUnavailable", 503};
    case Kind::internal: return {"InternalError", 500};
  }
  return {"InternalError", 500};
}

}  // namespace weir::services
