// FilesystemBackend: server-side copy.
#include "backends/filesystem/filesystem_backend.h"

namespace weir::backends {

using base::Result;
using base::Status;

// New names for the source's files; those not settled go when this goes.
class FilesystemBackend::Duplicates {
 public:
  explicit Duplicates(BodyFiles& files) : files_(files) {}
  Duplicates(const Duplicates&) = delete;
  Duplicates& operator=(const Duplicates&) = delete;
  ~Duplicates() {
    for (auto& extent : body_.extents) files_.remove(extent.file);
  }
  Status make(const Body& source) {
    body_.bytes = source.bytes;
    for (auto& extent : source.extents) {
      WEIR_TRY(auto file, files_.duplicate(extent.file));
      body_.extents.push_back({std::move(file), extent.size});
    }
    return {};
  }
  const Body& body() const { return body_; }
  // As BodyDraft::settle().
  void settle(const Status& committed) {
    if (committed.ok() || committed.error().kind == base::Kind::internal) body_.extents.clear();
  }

 private:
  BodyFiles& files_;
  Body body_;
};

namespace {

constexpr int kCopyAttempts = 8;

Status check_source(const objects::Conditions& conditions, const objects::ObjectInfo& source) {
  objects::Current current{source.etag, source.last_modified};
  // A copy has no 304: whatever is not "proceed" is 412.
  if (objects::evaluate(conditions, &current, objects::Access::read) == objects::Verdict::proceed) return {};
  return base::fail(base::Kind::precondition_failed, "At least one of the pre-conditions you specified did not hold",
                    "object");
}

Status check_not_onto_itself(const objects::CopyRequest& request) {
  bool same = request.from_bucket == request.to_bucket && request.from_key == request.to_key;
  if (!same || request.metadata) return {};
  return base::invalid(
      "This copy request is illegal because it is trying to copy an object to itself without changing the object's "
      "metadata, storage class, website redirect location or encryption attributes.",
      "copy");
}

}  // namespace

// A source that is overwritten before its files have their second names is read again.
Result<objects::ObjectInfo> FilesystemBackend::copy(const objects::CopyRequest& request) {
  WEIR_CHECK_OK(check_not_onto_itself(request));
  WEIR_CHECK_OK(objects::check_key(request.to_key));
  if (request.metadata) WEIR_CHECK_OK(objects::check_metadata(*request.metadata));
  WEIR_CHECK_OK(head_bucket(request.to_bucket));
  for (int attempt = 1;; ++attempt) {
    WEIR_TRY(auto source, shelf_->look_up(request.from_bucket, request.from_key, Shelf::From::index));
    WEIR_CHECK_OK(check_source(request.source_conditions, source->info));
    Duplicates copies(*shelf_->files);
    auto made = copies.make(source->body);
    if (made.ok()) return name_copy(request, source->info, copies);
    if (made.error().kind != base::Kind::concurrent || attempt == kCopyAttempts) return std::move(made).error();
  }
}

Result<objects::ObjectInfo> FilesystemBackend::name_copy(const objects::CopyRequest& request,
                                                         const objects::ObjectInfo& source, Duplicates& copies) {
  StoredObject object{source, copies.body()};
  object.info.key = request.to_key;
  object.info.last_modified = shelf_->clock.now();
  object.info.version = shelf_->fresh_version();
  object.info.upload.clear();
  if (request.metadata) object.info.metadata = *request.metadata;
  auto committed = shelf_->write([&](store::Transaction& txn, Doomed& doomed) -> Status {
    WEIR_CHECK_OK(require_bucket(txn, request.to_bucket));
    WEIR_TRY(auto there, find_object(txn, request.to_bucket, request.to_key));
    WEIR_CHECK_OK(check_write(request.conditions, there));
    return put_object(txn, request.to_bucket, object, there, doomed);
  });
  copies.settle(committed);
  WEIR_CHECK_OK(committed);
  return std::move(object.info);
}

}  // namespace weir::backends
