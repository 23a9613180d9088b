// Where objects live. The S3 front speaks to this interface only; it has authorised the caller before.
//
// Invariants every backend keeps:
//  1. What finish(), complete_upload(), copy() and erase() acknowledged survives kill -9; before that nothing shows.
//  2. An object is never half visible: a reader sees one version from its first byte to its last,
//     also when the object is overwritten or erased meanwhile.
//  3. Conditions of a write are decided together with the write: of two racing If-None-Match: *,
//     exactly one wins.
//  4. Keys are bytes: none escapes the backend's own place, no two collide, lists are in byte order.
//
// Errors: not_found about "bucket", "key" or "upload"; precondition_failed about "object"; already_exists
// about "bucket" (another account's) or "own-bucket"; conflict about "bucket" (not empty); invalid about
// "digest" (Content-MD5 or a checksum does not fit), "part", "part-order", "part-size", "key", ...
//
// Threads: a backend may be used from any thread; a reader or a writer belongs to one at a time.
#pragma once
#include <functional>
#include <memory>

#include "base/bytes.h"
#include "objects/bucket.h"
#include "objects/conditions.h"
#include "objects/listing.h"
#include "objects/multipart.h"
#include "objects/object.h"
#include "objects/range.h"

namespace weir::objects {

struct PutRequest {
  Metadata metadata{};
  std::optional<Checksum> checksum{};        // verified by the caller against what it wrote
  std::optional<std::string> content_md5{};  // raw 16 bytes; compared before anything shows
  Conditions conditions{};
};

class ObjectWriter : public base::ByteSink {
 public:
  // Durable and visible when it answers; once. Dropping the writer instead leaves nothing.
  virtual base::Result<ObjectInfo> finish(PutRequest request) = 0;
};

class PartWriter : public base::ByteSink {
 public:
  virtual base::Result<Part> finish(std::optional<Checksum> checksum, std::optional<std::string> content_md5) = 0;
};

// Bytes of a body that lie together in an open file, for sendfile. The reader owns the descriptor.
struct FilePiece {
  int fd = -1;
  uint64_t offset = 0;
  uint64_t length = 0;
};

class ObjectReader {
 public:
  virtual ~ObjectReader() = default;
  virtual const ObjectInfo& info() const = 0;
  // The whole body when it is small enough to be at hand; then there are no file pieces.
  virtual std::optional<std::string_view> inline_bytes() const = 0;
  // The piece that begins at `offset`, not longer than `length`; valid until the next call. Most objects
  // are one piece; those uploaded in parts may be several: go on at offset + piece.length.
  virtual base::Result<FilePiece> piece(uint64_t offset, uint64_t length) = 0;
  // Fills up to `n` bytes from `offset`; 0 only at the end.
  virtual base::Result<size_t> read(uint64_t offset, char* into, size_t n) = 0;
  // The bytes of part `number` (GetObject with partNumber); nothing when there is no such part.
  virtual std::optional<ByteRange> part(int number) const = 0;
};

struct CopyRequest {
  std::string from_bucket, from_key;
  std::string to_bucket, to_key;
  std::optional<Metadata> metadata{};  // absent: the source's
  Conditions source_conditions{};      // x-amz-copy-source-if-*
  Conditions conditions{};             // on the destination
};

struct UploadRequest {
  std::string initiator{};
  Metadata metadata{};
  std::optional<ChecksumAlgorithm> algorithm{};
  std::optional<ChecksumType> checksum_type{};  // absent: default_type(algorithm)
};

class ObjectBackend {
 public:
  virtual ~ObjectBackend() = default;

  virtual base::Result<Bucket> create_bucket(std::string_view name, std::string_view owner,
                                             std::string_view region) = 0;
  virtual base::Result<Bucket> head_bucket(std::string_view name) = 0;
  virtual base::Status delete_bucket(std::string_view name) = 0;
  virtual base::Result<BucketPage> list_buckets(const BucketQuery& query) = 0;

  virtual base::Result<std::unique_ptr<ObjectWriter>> begin_put(std::string_view bucket, std::string_view key) = 0;
  virtual base::Result<std::unique_ptr<ObjectReader>> open(std::string_view bucket, std::string_view key) = 0;
  virtual base::Result<ObjectInfo> head(std::string_view bucket, std::string_view key) = 0;
  // Erasing what is not there succeeds, unless the conditions ask for it.
  virtual base::Status erase(std::string_view bucket, std::string_view key, const Conditions& conditions = {}) = 0;
  // One answer per key, in order, all in one step.
  virtual base::Result<std::vector<base::Status>> erase_many(std::string_view bucket,
                                                             std::span<const std::string> keys) = 0;
  virtual base::Result<ObjectInfo> copy(const CopyRequest& request) = 0;
  virtual base::Result<ListPage> list(std::string_view bucket, const ListQuery& query) = 0;

  virtual base::Result<Upload> create_upload(std::string_view bucket, std::string_view key,
                                             const UploadRequest& request) = 0;
  virtual base::Result<std::unique_ptr<PartWriter>> begin_part(const UploadName& upload, int number) = 0;
  virtual base::Result<ObjectInfo> complete_upload(const UploadName& upload, const CompleteRequest& request) = 0;
  virtual base::Status abort_upload(const UploadName& upload) = 0;
  virtual base::Result<PartPage> list_parts(const UploadName& upload, int after, size_t max) = 0;
  virtual base::Result<UploadPage> list_uploads(std::string_view bucket, const UploadQuery& query) = 0;
};

// Copies `range` of an object into a sink: what UploadPartCopy does.
base::Status pour(ObjectReader& from, ByteRange range, base::ByteSink& into);

}  // namespace weir::objects
