#include "backends/filesystem/shelf.h"

namespace weir::backends {

using base::Result;
using base::Status;

Shelf::Shelf(store::Store& store, std::unique_ptr<BodyFiles> body_files, const base::Clock& clock,
             base::Randomness& randomness, FilesystemOptions options)
    : store(store),
      files(std::move(body_files)),
      clock(clock),
      randomness(randomness),
      options(options),
      pins([this](const std::string& file) { files->remove(file); }),
      cache(std::make_shared<EntryCache>(options.cache_bytes_max)) {
  store.watch(kind_prefix("object"), [cache = cache](std::span<const store::Change> changes) {
    for (auto& change : changes) cache->forget(change.key);
  });
  store.watch(kind_prefix("bucket"), [buckets = buckets](std::span<const store::Change>) { buckets->empty(); });
}

Result<objects::Bucket> Shelf::look_up(std::string_view bucket) {
  if (auto known = buckets->find(bucket)) return *std::move(known);
  auto mark = buckets->mark();
  WEIR_TRY(auto txn, store.begin(store::Mode::read));
  WEIR_TRY(auto loaded, require_bucket(*txn, bucket));
  buckets->keep(loaded, mark);
  return loaded;
}

Result<StoredObjectPtr> Shelf::look_up(std::string_view bucket, std::string_view key, From from) {
  auto name = object_key(bucket, key);
  if (from == From::cache_or_index)
    if (auto found = cache->find(name)) return found;
  auto mark = cache->mark(name);
  WEIR_TRY(auto loaded, load(bucket, key));
  cache->keep(name, loaded, mark);
  return loaded;
}

Result<StoredObjectPtr> Shelf::load(std::string_view bucket, std::string_view key) {
  WEIR_TRY(auto txn, store.begin(store::Mode::read));
  WEIR_TRY(auto object, load_object(*txn, bucket, key));
  if (object) return StoredObjectPtr(std::make_shared<StoredObject>(std::move(*object)));
  WEIR_CHECK_OK(require_bucket(*txn, bucket));
  return base::not_found("The specified key does not exist.", "key");
}

Status Shelf::write(const std::function<Status(store::Transaction&, Doomed&)>& body) {
  Doomed doomed;
  WEIR_CHECK_OK(store::write(store, [&](store::Transaction& txn) {
    doomed.clear();
    return body(txn, doomed);
  }));
  for (auto& gone : doomed) {
    if (gone.version.empty()) {
      for (auto& file : gone.files) files->remove(file);
    } else {
      pins.retire(gone.version, std::move(gone.files));
    }
  }
  return {};
}

}  // namespace weir::backends
