// What the index of a FilesystemBackend holds: the keys and the values. See docs/store.md for key bytes.
//
//   bucket  <name>                  Bucket
//   object  <bucket> <key>          ObjectInfo, all that lists and heads need
//   body    <version>               the bytes of a small object, or the extents of a larger one
//   file    <id>                    nothing: the file is referenced
//   upload  <bucket> <key> <id>     Upload
//   part    <upload id> <number>    Part
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "objects/bucket.h"
#include "objects/multipart.h"
#include "objects/object.h"
#include "store/key.h"
#include "store/store.h"

namespace weir::backends {

std::string bucket_key(std::string_view name);
std::string object_key(std::string_view bucket, std::string_view key);
std::string body_key(std::string_view version);
std::string file_key(std::string_view id);
std::string upload_key(const objects::UploadName& upload);
std::string part_key(std::string_view upload_id, int number);
// What all keys of one kind, or of one kind in one bucket, begin with.
std::string kind_prefix(std::string_view kind);
std::string kind_prefix(std::string_view kind, std::string_view bucket);
// A key prefix whose last part goes on: every key under `base` whose next part starts with `text`.
std::string open_prefix(std::string_view base, std::string_view text);

struct Extent {
  std::string file{};
  int64_t size = 0;
  bool operator==(const Extent&) const = default;
};
WEIR_RECORD(Extent, FIELD("file", &Extent::file), FIELD("size", &Extent::size))

// Either bytes or extents; an empty object has neither.
struct Body {
  std::string bytes{};
  std::vector<Extent> extents{};
  bool operator==(const Body&) const = default;
};
std::string encode_body(const Body& body);
base::Result<Body> decode_body(std::string_view value);

struct StoredObject {
  objects::ObjectInfo info{};
  Body body{};
};
using StoredObjectPtr = std::shared_ptr<const StoredObject>;

// The parts of an index key, which must be `count`.
base::Result<std::vector<std::string>> split_index_key(std::string_view key, size_t count);
base::Result<objects::ObjectInfo> decode_object(std::string_view key, std::string_view value);

}  // namespace weir::backends
