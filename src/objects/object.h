// An object as S3 knows it: its key, what is said about it, and the rules for both.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/record.h"
#include "base/result.h"
#include "objects/checksum.h"

namespace weir::objects {

inline constexpr size_t kKeyBytesMax = 1024;
inline constexpr size_t kUserMetadataBytesMax = 2048;
inline constexpr int64_t kObjectBytesMax = int64_t{5} << 40;
inline constexpr int64_t kPutBytesMax = int64_t{5} << 30;

// 1..1024 bytes of UTF-8 without NUL. Nothing else is special: "..", "//" and "%2e" are bytes like any
// other, because keys never become paths. NUL is refused: no client sends one in good faith, and it
// would be cut short by whoever handles the key as a C string. Errors are about "key".
base::Status check_key(std::string_view key);

// What the writer of an object says about it and readers get back unchanged.
struct Metadata {
  std::string content_type = "binary/octet-stream";
  std::optional<std::string> content_encoding{};
  std::optional<std::string> content_language{};
  std::optional<std::string> content_disposition{};
  std::optional<std::string> cache_control{};
  std::optional<std::string> expires{};
  std::optional<std::string> storage_class{};
  std::map<std::string, std::string> user{};  // lower-case names without "x-amz-meta-"
  std::map<std::string, std::string> tags{};
  bool operator==(const Metadata&) const = default;
};
WEIR_RECORD(Metadata, FIELD("type", &Metadata::content_type), FIELD("encoding", &Metadata::content_encoding),
            FIELD("language", &Metadata::content_language), FIELD("disposition", &Metadata::content_disposition),
            FIELD("cache_control", &Metadata::cache_control), FIELD("expires", &Metadata::expires),
            FIELD("storage_class", &Metadata::storage_class), FIELD("user", &Metadata::user),
            FIELD("tags", &Metadata::tags))

// Names lower case, at most 2 KiB of user metadata. Errors are about "metadata".
base::Status check_metadata(const Metadata& metadata);

struct ObjectInfo {
  std::string key{};  // not part of the stored value: it is in the store's key
  int64_t size = 0;
  std::string etag{};  // without the quotes
  base::Instant last_modified{};
  Metadata metadata{};
  std::optional<Checksum> checksum{};
  int parts = 0;          // 0 unless it was uploaded in parts
  std::string version{};  // unique to this content of this key, never reused
  std::string upload{};   // the multipart upload it came from, so that completing twice is harmless
  bool operator==(const ObjectInfo&) const = default;
};
WEIR_RECORD(ObjectInfo, FIELD("size", &ObjectInfo::size), FIELD("etag", &ObjectInfo::etag),
            FIELD("modified", &ObjectInfo::last_modified), FIELD("metadata", &ObjectInfo::metadata),
            FIELD("checksum", &ObjectInfo::checksum), FIELD("parts", &ObjectInfo::parts),
            FIELD("version", &ObjectInfo::version), FIELD("upload", &ObjectInfo::upload))

}  // namespace weir::objects
