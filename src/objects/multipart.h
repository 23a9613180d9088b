// Uploads in parts, and the rules for putting the parts together.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "objects/conditions.h"
#include "objects/object.h"

namespace weir::objects {

inline constexpr int kPartNumberMax = 10'000;
inline constexpr int64_t kPartBytesMin = 5 << 20;  // but the last

struct UploadName {
  std::string bucket{};
  std::string key{};
  std::string id{};
};

struct Upload {
  std::string key{};  // key and id are in the store's key
  std::string id{};
  base::Instant initiated{};
  std::string initiator{};  // ARN, for listings
  Metadata metadata{};
  std::optional<ChecksumAlgorithm> algorithm{};
  ChecksumType checksum_type = ChecksumType::full_object;
};
WEIR_RECORD(Upload, FIELD("initiated", &Upload::initiated), FIELD("initiator", &Upload::initiator),
            FIELD("metadata", &Upload::metadata), FIELD("algorithm", &Upload::algorithm),
            FIELD("checksum_type", &Upload::checksum_type))

struct Part {
  int number = 0;  // in the store's key
  int64_t size = 0;
  std::string etag{};
  base::Instant last_modified{};
  std::optional<Checksum> checksum{};
  std::string file{};  // the backend's name for the bytes
};
WEIR_RECORD(Part, FIELD("size", &Part::size), FIELD("etag", &Part::etag), FIELD("modified", &Part::last_modified),
            FIELD("checksum", &Part::checksum), FIELD("file", &Part::file))

// One line of the client's list of parts.
struct CompletedPart {
  int number = 0;
  std::string etag{};      // quotes are accepted
  std::string checksum{};  // base64 in the upload's algorithm, or empty
};

struct CompleteRequest {
  std::vector<CompletedPart> parts{};
  Conditions conditions{};
  std::optional<Checksum> checksum{};    // of the whole object, to be compared
  std::optional<int64_t> object_size{};  // to be compared
};

// About "part-number".
base::Status check_part_number(int number);
// The stored parts the client named, in order. Errors are about "part-order" (not ascending), "part"
// (unknown, or of another ETag or checksum) or "part-size" (too small, and not the last).
base::Result<std::vector<Part>> choose_parts(std::span<const Part> stored, std::span<const CompletedPart> wanted,
                                             int64_t part_bytes_min = kPartBytesMin);
// MD5 of the parts' MD5s and "-N".
base::Result<std::string> multipart_etag(std::span<const Part> parts);
// What the object's checksum is by the upload's algorithm; nothing when the upload named none.
base::Result<std::optional<Checksum>> multipart_checksum(const Upload& upload, std::span<const Part> parts);

struct PartPage {
  Upload upload{};
  std::vector<Part> parts{};
  bool truncated = false;
  int next = 0;  // the last part number answered
};

struct UploadQuery {
  std::string prefix{};
  std::string delimiter{};
  std::string after_key{};
  std::string after_id{};  // empty: after every upload of `after_key`
  size_t max = 1000;
};
struct UploadPage {
  std::vector<Upload> uploads{};
  std::vector<std::string> prefixes{};
  bool truncated = false;
  std::string next_key, next_id;
};

}  // namespace weir::objects
