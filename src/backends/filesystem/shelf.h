// What the readers, writers and operations of one FilesystemBackend share.
#pragma once
#include "backends/filesystem/body_files.h"
#include "backends/filesystem/bucket_cache.h"
#include "backends/filesystem/entry_cache.h"
#include "backends/filesystem/object_index.h"
#include "backends/filesystem/pins.h"
#include "base/clock.h"
#include "base/text.h"
#include "store/store.h"

namespace weir::backends {

struct FilesystemOptions {
  size_t inline_bytes_max = 16 << 10;  // bodies up to here live in the index
  size_t cache_bytes_max = 64 << 20;
  int64_t part_bytes_min = objects::kPartBytesMin;
  bool collect_garbage_at_start = true;
};

struct Shelf {
  Shelf(store::Store& store, std::unique_ptr<BodyFiles> files, const base::Clock& clock, base::Randomness& randomness,
        FilesystemOptions options);

  enum class From { cache_or_index, index };
  // The bucket as committed; not_found about "bucket".
  base::Result<objects::Bucket> look_up(std::string_view bucket);
  // The object as committed; not_found about "key" or "bucket".
  base::Result<StoredObjectPtr> look_up(std::string_view bucket, std::string_view key, From from);

  // Runs `body` in a write transaction, then removes what it doomed.
  base::Status write(const std::function<base::Status(store::Transaction&, Doomed&)>& body);
  std::string fresh_version() { return base::hex(randomness.bytes(16)); }

  store::Store& store;
  std::unique_ptr<BodyFiles> files;
  const base::Clock& clock;
  base::Randomness& randomness;
  const FilesystemOptions options;
  Pins pins;
  // Shared with the store's watchers, which may outlive this shelf.
  std::shared_ptr<EntryCache> cache;
  std::shared_ptr<BucketCache> buckets = std::make_shared<BucketCache>();

 private:
  base::Result<StoredObjectPtr> load(std::string_view bucket, std::string_view key);
};

}  // namespace weir::backends
