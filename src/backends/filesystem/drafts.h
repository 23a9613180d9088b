// The writers a FilesystemBackend hands out: for an object and for a part.
#pragma once
#include "backends/filesystem/body_draft.h"
#include "backends/filesystem/shelf.h"
#include "objects/backend.h"

namespace weir::backends {

class ObjectDraft final : public objects::ObjectWriter {
 public:
  ObjectDraft(Shelf& shelf, std::string bucket, std::string key)
      : shelf_(shelf),
        bucket_(std::move(bucket)),
        key_(std::move(key)),
        draft_(*shelf.files, shelf.options.inline_bytes_max) {}
  base::Status write(std::string_view piece) override { return draft_.write(piece); }
  base::Result<objects::ObjectInfo> finish(objects::PutRequest request) override;

 private:
  Shelf& shelf_;
  const std::string bucket_, key_;
  BodyDraft draft_;
};

class PartDraft final : public objects::PartWriter {
 public:
  // A part is always a file, so that completing an upload moves no bytes.
  PartDraft(Shelf& shelf, objects::UploadName upload, int number)
      : shelf_(shelf), upload_(std::move(upload)), number_(number), draft_(*shelf.files, 0) {}
  base::Status write(std::string_view piece) override { return draft_.write(piece); }
  base::Result<objects::Part> finish(std::optional<objects::Checksum> checksum,
                                     std::optional<std::string> content_md5) override;

 private:
  base::Status store_part(store::Transaction& txn, const objects::Part& part, Doomed& doomed) const;

  Shelf& shelf_;
  const objects::UploadName upload_;
  const int number_;
  BodyDraft draft_;
};

}  // namespace weir::backends
