#include "backends/filesystem/records.h"

namespace weir::backends {
namespace {
constexpr char kInline = 'i', kExtents = 'x';
}

std::string bucket_key(std::string_view name) { return store::key("bucket", name); }
std::string object_key(std::string_view bucket, std::string_view key) { return store::key("object", bucket, key); }
std::string body_key(std::string_view version) { return store::key("body", version); }
std::string file_key(std::string_view id) { return store::key("file", id); }
std::string upload_key(const objects::UploadName& upload) {
  return store::key("upload", upload.bucket, upload.key, upload.id);
}
std::string part_key(std::string_view upload_id, int number) {
  auto digits = std::to_string(number);
  return store::key("part", upload_id, std::string(5 - digits.size(), '0') + digits);
}
std::string kind_prefix(std::string_view kind) { return store::key(kind); }
std::string kind_prefix(std::string_view kind, std::string_view bucket) { return store::key(kind, bucket); }

std::string open_prefix(std::string_view base, std::string_view text) {
  static const size_t kEnd = store::encode_text("").size();
  auto part = store::encode_text(text);
  return std::string(base) + part.substr(0, part.size() - kEnd);
}

std::string encode_body(const Body& body) {
  if (body.extents.empty()) return kInline + body.bytes;
  return kExtents + base::to_json(body.extents).dump();
}

base::Result<Body> decode_body(std::string_view value) {
  Body body;
  if (value.starts_with(kInline)) {
    body.bytes = value.substr(1);
  } else if (value.starts_with(kExtents)) {
    WEIR_TRY(auto json, base::parse_json(value.substr(1)));
    WEIR_CHECK_OK(base::from_json(json, body.extents));
  } else {
    return base::internal("a body record is neither bytes nor extents");
  }
  return body;
}

base::Result<std::vector<std::string>> split_index_key(std::string_view key, size_t count) {
  WEIR_TRY(auto names, store::split_key(key));
  if (names.size() != count) return base::internal("an index key of " + std::to_string(names.size()) + " parts");
  return names;
}

base::Result<objects::ObjectInfo> decode_object(std::string_view key, std::string_view value) {
  WEIR_TRY(auto info, base::decode_record<objects::ObjectInfo>(value));
  info.key = key;
  return info;
}

}  // namespace weir::backends
