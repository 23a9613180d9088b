// FilesystemBackend: buckets and lists.
#include "backends/filesystem/filesystem_backend.h"
#include "backends/filesystem/prefix_walk.h"

namespace weir::backends {

using base::Result;
using base::Status;
using objects::Bucket;
using store::Transaction;

namespace {

constexpr size_t kUploadsAtOnce = 256;

Status remove_uploads(Transaction& txn, std::string_view bucket, Doomed& doomed) {
  auto range = store::prefix_range(kind_prefix("upload", bucket));
  while (true) {
    WEIR_TRY(auto entries, txn.scan(range, kUploadsAtOnce));
    if (entries.empty()) return {};
    for (auto& entry : entries) {
      WEIR_TRY(auto names, split_index_key(entry.key, 4));
      WEIR_CHECK_OK(remove_upload(txn, {names[1], names[2], names[3]}, doomed));
    }
  }
}

}  // namespace

Result<Bucket> FilesystemBackend::create_bucket(std::string_view name, std::string_view owner,
                                                std::string_view region) {
  WEIR_CHECK_OK(objects::check_bucket_name(name));
  Bucket bucket{std::string(name), std::string(owner), std::string(region), shelf_->clock.now()};
  WEIR_CHECK_OK(shelf_->write([&](Transaction& txn, Doomed&) -> Status {
    auto there = require_bucket(txn, name);
    if (there.ok() && there->owner == owner)
      return base::already_exists("Your previous request to create the named bucket succeeded and you already own it.",
                                  "own-bucket");
    if (there.ok())
      return base::already_exists(
          "The requested bucket name is not available. The bucket namespace is shared by all users of the system. "
          "Please select a different name and try again.",
          "bucket");
    if (there.error().kind != base::Kind::not_found) return there.error();
    return txn.put(bucket_key(name), base::encode_record(bucket));
  }));
  return bucket;
}

Result<Bucket> FilesystemBackend::head_bucket(std::string_view name) { return shelf_->look_up(name); }

Status FilesystemBackend::delete_bucket(std::string_view name) {
  return shelf_->write([&](Transaction& txn, Doomed& doomed) -> Status {
    WEIR_CHECK_OK(require_bucket(txn, name));
    WEIR_TRY(auto objects, txn.scan(store::prefix_range(kind_prefix("object", name)), 1));
    if (!objects.empty()) return base::conflict("The bucket you tried to delete is not empty", "bucket");
    WEIR_CHECK_OK(remove_uploads(txn, name, doomed));
    return txn.erase(bucket_key(name));
  });
}

Result<objects::BucketPage> FilesystemBackend::list_buckets(const objects::BucketQuery& query) {
  WEIR_TRY(auto txn, shelf_->store.begin(store::Mode::read));
  auto range = store::prefix_range(open_prefix(kind_prefix("bucket"), query.prefix));
  if (!query.after.empty()) range.first = std::max(range.first, bucket_key(query.after) + '\0');
  WEIR_TRY(auto entries, txn->scan(range, SIZE_MAX >> 1));
  objects::BucketPage page;
  for (auto& entry : entries) {
    WEIR_TRY(auto bucket, base::decode_record<Bucket>(entry.value));
    if (!query.owner.empty() && bucket.owner != query.owner) continue;
    if (page.buckets.size() == query.max) {
      page.truncated = true;
      break;
    }
    page.buckets.push_back(std::move(bucket));
  }
  if (page.truncated && !page.buckets.empty()) page.next = page.buckets.back().name;
  return page;
}

Result<objects::ListPage> FilesystemBackend::list(std::string_view bucket, const objects::ListQuery& query) {
  WEIR_TRY(auto txn, shelf_->store.begin(store::Mode::read));
  WEIR_CHECK_OK(require_bucket(*txn, bucket));
  Walk walk{kind_prefix("object", bucket), query.prefix, query.delimiter, {}, std::min(query.max, objects::kPageMax)};
  if (!query.after.empty()) walk.first = first_after(walk, query.after);
  WEIR_TRY(auto walked, walk_prefixes(*txn, walk));
  objects::ListPage page;
  page.objects.reserve(walked.rows.size());
  for (auto& row : walked.rows) {
    WEIR_TRY(auto info, decode_object(row.names[2], row.value));
    page.objects.push_back(std::move(info));
  }
  page.prefixes = std::move(walked.prefixes);
  page.truncated = walked.truncated;
  if (page.truncated) page.next = std::move(walked.last);
  return page;
}

}  // namespace weir::backends
