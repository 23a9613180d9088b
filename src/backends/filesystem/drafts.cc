#include "backends/filesystem/drafts.h"

#include "base/text.h"

namespace weir::backends {
namespace {

using base::Result;
using base::Status;

Status check_md5(const BodyDraft& draft, const std::optional<std::string>& expected) {
  if (!expected || *expected == draft.md5()) return {};
  return base::invalid("The Content-MD5 you specified did not match what we received.", "digest");
}

}  // namespace

Result<objects::ObjectInfo> ObjectDraft::finish(objects::PutRequest request) {
  WEIR_CHECK_OK(objects::check_metadata(request.metadata));
  WEIR_CHECK_OK(draft_.seal());
  WEIR_CHECK_OK(check_md5(draft_, request.content_md5));
  StoredObject object{{.key = key_, .size = draft_.size(), .etag = base::hex(draft_.md5())}, draft_.body()};
  object.info.last_modified = shelf_.clock.now();
  object.info.metadata = std::move(request.metadata);
  object.info.checksum = std::move(request.checksum);
  object.info.version = shelf_.fresh_version();
  auto committed = shelf_.write([&](store::Transaction& txn, Doomed& doomed) -> Status {
    WEIR_CHECK_OK(require_bucket(txn, bucket_));
    WEIR_TRY(auto there, find_object(txn, bucket_, key_));
    WEIR_CHECK_OK(check_write(request.conditions, there));
    return put_object(txn, bucket_, object, there, doomed);
  });
  draft_.settle(committed);
  WEIR_CHECK_OK(committed);
  return std::move(object.info);
}

Result<objects::Part> PartDraft::finish(std::optional<objects::Checksum> checksum,
                                        std::optional<std::string> content_md5) {
  WEIR_CHECK_OK(draft_.seal());
  WEIR_CHECK_OK(check_md5(draft_, content_md5));
  objects::Part part{.number = number_, .size = draft_.size(), .etag = base::hex(draft_.md5())};
  part.last_modified = shelf_.clock.now();
  part.checksum = std::move(checksum);
  if (!draft_.body().extents.empty()) part.file = draft_.body().extents[0].file;  // an empty part has none
  auto committed = shelf_.write([&](store::Transaction& txn, Doomed& doomed) { return store_part(txn, part, doomed); });
  draft_.settle(committed);
  WEIR_CHECK_OK(committed);
  return part;
}

Status PartDraft::store_part(store::Transaction& txn, const objects::Part& part, Doomed& doomed) const {
  WEIR_TRY(auto upload, require_upload(txn, upload_));
  if (upload.algorithm && (!part.checksum || part.checksum->algorithm != *upload.algorithm))
    return base::invalid("The part has no " + std::string(to_string(*upload.algorithm)) +
                             " checksum, which the upload was created with.",
                         "checksum");
  WEIR_TRY(auto replaced, load_parts(txn, upload_.id, number_ - 1, 1));
  if (!replaced.empty() && replaced[0].number == number_)
    WEIR_CHECK_OK(remove_part(txn, upload_.id, replaced[0], doomed));
  if (!part.file.empty()) WEIR_CHECK_OK(txn.put(file_key(part.file), ""));
  return txn.put(part_key(upload_.id, number_), base::encode_record(part));
}

}  // namespace weir::backends
