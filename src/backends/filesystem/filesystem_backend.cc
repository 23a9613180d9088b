#include "backends/filesystem/filesystem_backend.h"

#include "backends/filesystem/drafts.h"
#include "backends/filesystem/garbage.h"
#include "backends/filesystem/stored_reader.h"
#include "base/log.h"

namespace weir::backends {

using base::Result;
using base::Status;
using store::Transaction;

namespace {

constexpr int kReadAttempts = 8;

void collect(Transaction& snapshot, const BodyFiles& files, const std::stop_token& stop) {
  auto removed = collect_garbage(snapshot, files, stop);
  if (!removed.ok()) return base::log_warn("objects.garbage_not_collected", {{"cause", removed.error().log}});
  if (*removed > 0) base::log_info("objects.garbage_collected", {{"files", static_cast<int64_t>(*removed)}});
}

}  // namespace

Result<std::unique_ptr<FilesystemBackend>> FilesystemBackend::open(store::Store& store, const std::string& directory,
                                                                   const base::Clock& clock,
                                                                   base::Randomness& randomness,
                                                                   FilesystemOptions options) {
  WEIR_TRY(auto files, BodyFiles::open(directory, randomness));
  auto shelf = std::make_unique<Shelf>(store, std::move(files), clock, randomness, options);
  std::unique_ptr<FilesystemBackend> backend(new FilesystemBackend(std::move(shelf)));
  if (options.collect_garbage_at_start) WEIR_CHECK_OK(backend->start_collecting());
  return backend;
}

Status FilesystemBackend::start_collecting() {
  WEIR_TRY(auto begun, shelf_->store.begin(store::Mode::read));
  WEIR_CHECK_OK(begun->get(kind_prefix("file")));  // fixes the moment the snapshot is of
  collector_ = std::jthread([snapshot = std::move(begun), &files = *shelf_->files](const std::stop_token& stop) {
    collect(*snapshot, files, stop);
  });
  return {};
}

void FilesystemBackend::finish_collecting() {
  if (collector_.joinable()) collector_.join();
}

Result<std::unique_ptr<objects::ObjectWriter>> FilesystemBackend::begin_put(std::string_view bucket,
                                                                            std::string_view key) {
  WEIR_CHECK_OK(objects::check_key(key));
  WEIR_CHECK_OK(head_bucket(bucket));
  return std::unique_ptr<objects::ObjectWriter>(
      std::make_unique<ObjectDraft>(*shelf_, std::string(bucket), std::string(key)));
}

// An entry out of the cache, or read just before an overwrite, may name files that have gone since.
Result<std::unique_ptr<objects::ObjectReader>> FilesystemBackend::open(std::string_view bucket, std::string_view key) {
  auto from = Shelf::From::cache_or_index;
  for (int attempt = 1;; ++attempt) {
    WEIR_TRY(auto object, shelf_->look_up(bucket, key, from));
    auto reader = StoredReader::start(*shelf_, std::move(object));
    if (reader.ok() || reader.error().kind != base::Kind::concurrent || attempt == kReadAttempts) return reader;
    from = Shelf::From::index;
  }
}

Result<objects::ObjectInfo> FilesystemBackend::head(std::string_view bucket, std::string_view key) {
  WEIR_TRY(auto object, shelf_->look_up(bucket, key, Shelf::From::cache_or_index));
  return object->info;
}

Status FilesystemBackend::erase(std::string_view bucket, std::string_view key, const objects::Conditions& conditions) {
  return shelf_->write([&](Transaction& txn, Doomed& doomed) -> Status {
    WEIR_CHECK_OK(require_bucket(txn, bucket));
    WEIR_TRY(auto there, find_object(txn, bucket, key));
    WEIR_CHECK_OK(check_write(conditions, there));
    return there ? remove_object(txn, bucket, *there, doomed) : Status();
  });
}

Result<std::vector<Status>> FilesystemBackend::erase_many(std::string_view bucket, std::span<const std::string> keys) {
  std::vector<Status> answers(keys.size());
  WEIR_CHECK_OK(shelf_->write([&](Transaction& txn, Doomed& doomed) -> Status {
    WEIR_CHECK_OK(require_bucket(txn, bucket));
    for (size_t i = 0; i < keys.size(); ++i) {
      answers[i] = objects::check_key(keys[i]);
      if (!answers[i].ok()) continue;
      WEIR_TRY(auto there, find_object(txn, bucket, keys[i]));
      if (there) WEIR_CHECK_OK(remove_object(txn, bucket, *there, doomed));
    }
    return {};
  }));
  return answers;
}

}  // namespace weir::backends
