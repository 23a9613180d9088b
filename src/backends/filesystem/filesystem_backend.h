// Objects on a local disk: an index in a Store decides what is visible, larger bodies are files beside it.
//
// A small body (16 KiB) is a value of the index, so one group commit makes an object durable. A larger one is
// written to a file and synced before the commit that names it. Completing an upload names the parts' files
// as the object's extents, and a copy names new hard links: neither moves a byte, which matters for the large
// files of a lake; the price is that such an object is read from several files, which piece() shows.
//
// The directory has one owner: one process with one FilesystemBackend. The store must outlive the backend,
// the backend its readers and writers. Threads: any.
#pragma once
#include <thread>

#include "backends/filesystem/shelf.h"
#include "objects/backend.h"

namespace weir::backends {

class FilesystemBackend final : public objects::ObjectBackend {
 public:
  // Bodies go to `directory`; the index is `store`. Garbage of earlier runs is collected in the background.
  static base::Result<std::unique_ptr<FilesystemBackend>> open(store::Store& store, const std::string& directory,
                                                               const base::Clock& clock, base::Randomness& randomness,
                                                               FilesystemOptions options = {});

  // Waits until the garbage of earlier runs is gone; for tests and for a quiet start.
  void finish_collecting();

  base::Result<objects::Bucket> create_bucket(std::string_view name, std::string_view owner,
                                              std::string_view region) override;
  base::Result<objects::Bucket> head_bucket(std::string_view name) override;
  base::Status delete_bucket(std::string_view name) override;
  base::Result<objects::BucketPage> list_buckets(const objects::BucketQuery& query) override;

  base::Result<std::unique_ptr<objects::ObjectWriter>> begin_put(std::string_view bucket,
                                                                 std::string_view key) override;
  base::Result<std::unique_ptr<objects::ObjectReader>> open(std::string_view bucket, std::string_view key) override;
  base::Result<objects::ObjectInfo> head(std::string_view bucket, std::string_view key) override;
  base::Status erase(std::string_view bucket, std::string_view key,
                     const objects::Conditions& conditions = {}) override;
  base::Result<std::vector<base::Status>> erase_many(std::string_view bucket,
                                                     std::span<const std::string> keys) override;
  base::Result<objects::ObjectInfo> copy(const objects::CopyRequest& request) override;
  base::Result<objects::ListPage> list(std::string_view bucket, const objects::ListQuery& query) override;

  base::Result<objects::Upload> create_upload(std::string_view bucket, std::string_view key,
                                              const objects::UploadRequest& request) override;
  base::Result<std::unique_ptr<objects::PartWriter>> begin_part(const objects::UploadName& upload, int number) override;
  base::Result<objects::ObjectInfo> complete_upload(const objects::UploadName& upload,
                                                    const objects::CompleteRequest& request) override;
  base::Status abort_upload(const objects::UploadName& upload) override;
  base::Result<objects::PartPage> list_parts(const objects::UploadName& upload, int after, size_t max) override;
  base::Result<objects::UploadPage> list_uploads(std::string_view bucket, const objects::UploadQuery& query) override;

 private:
  explicit FilesystemBackend(std::unique_ptr<Shelf> shelf) : shelf_(std::move(shelf)) {}
  base::Status start_collecting();
  class Duplicates;
  base::Result<objects::ObjectInfo> name_copy(const objects::CopyRequest& request, const objects::ObjectInfo& source,
                                              Duplicates& copies);

  std::unique_ptr<Shelf> shelf_;
  std::jthread collector_;  // last: it uses the shelf
};

}  // namespace weir::backends
