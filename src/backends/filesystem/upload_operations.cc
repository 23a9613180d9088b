// FilesystemBackend: uploads in parts.
#include "backends/filesystem/drafts.h"
#include "backends/filesystem/filesystem_backend.h"
#include "backends/filesystem/prefix_walk.h"

namespace weir::backends {

using base::Result;
using base::Status;
using objects::ObjectInfo;
using objects::Part;
using objects::Upload;
using objects::UploadName;
using store::Transaction;

namespace {

Body body_of(const std::vector<Part>& parts) {
  Body body;
  for (auto& part : parts)
    if (part.size > 0) body.extents.push_back({part.file, part.size});  // only a last part may be empty
  return body;
}

int64_t total_size(const std::vector<Part>& parts) {
  int64_t size = 0;
  for (auto& part : parts) size += part.size;
  return size;
}

Status check_whole(const ObjectInfo& info, const objects::CompleteRequest& request) {
  if (info.size > objects::kObjectBytesMax)
    return base::fail(base::Kind::limit_exceeded, "Your proposed upload exceeds the maximum allowed size", "size");
  if (request.object_size && *request.object_size != info.size)
    return base::invalid("The provided 'x-amz-mp-object-size' header does not match what was computed.", "digest");
  if (request.checksum && (!info.checksum || info.checksum->value != request.checksum->value))
    return base::invalid("The checksum you specified did not match the calculated checksum.", "digest");
  return {};
}

Result<ObjectInfo> describe(const Upload& upload, const std::vector<Part>& parts,
                            const objects::CompleteRequest& request) {
  ObjectInfo info{.key = upload.key, .size = total_size(parts)};
  WEIR_TRY(info.etag, objects::multipart_etag(parts));
  WEIR_TRY(info.checksum, objects::multipart_checksum(upload, parts));
  info.metadata = upload.metadata;
  info.parts = static_cast<int>(parts.size());
  info.upload = upload.id;
  WEIR_CHECK_OK(check_whole(info, request));
  return info;
}

// The chosen parts' files stay referenced, now by the object; the others go.
Status take_parts(Transaction& txn, const UploadName& name, const std::vector<Part>& stored,
                  const std::vector<Part>& chosen, Doomed& doomed) {
  size_t next = 0;
  for (auto& part : stored) {
    bool taken = next < chosen.size() && chosen[next].number == part.number;
    if (taken) ++next;
    WEIR_CHECK_OK(taken ? txn.erase(part_key(name.id, part.number)) : remove_part(txn, name.id, part, doomed));
  }
  return txn.erase(upload_key(name));
}

// A client that did not hear our answer completes again: the upload has gone, its object is there.
std::optional<ObjectInfo> completed_before(const std::optional<ObjectInfo>& there, const UploadName& name) {
  if (there && there->upload == name.id) return there;
  return std::nullopt;
}

}  // namespace

Result<Upload> FilesystemBackend::create_upload(std::string_view bucket, std::string_view key,
                                                const objects::UploadRequest& request) {
  WEIR_CHECK_OK(objects::check_key(key));
  WEIR_CHECK_OK(objects::check_metadata(request.metadata));
  Upload upload{.key = std::string(key), .id = shelf_->fresh_version(), .initiated = shelf_->clock.now()};
  upload.initiator = request.initiator;
  upload.metadata = request.metadata;
  upload.algorithm = request.algorithm;
  if (request.algorithm) {
    upload.checksum_type = request.checksum_type.value_or(objects::default_type(*request.algorithm));
    if (!objects::offered(*request.algorithm, upload.checksum_type))
      return base::invalid("The checksum type cannot be used with the checksum algorithm.", "checksum");
  }
  WEIR_CHECK_OK(shelf_->write([&](Transaction& txn, Doomed&) -> Status {
    WEIR_CHECK_OK(require_bucket(txn, bucket));
    return txn.put(upload_key({std::string(bucket), upload.key, upload.id}), base::encode_record(upload));
  }));
  return upload;
}

Result<std::unique_ptr<objects::PartWriter>> FilesystemBackend::begin_part(const UploadName& upload, int number) {
  WEIR_CHECK_OK(objects::check_part_number(number));
  WEIR_TRY(auto txn, shelf_->store.begin(store::Mode::read));
  WEIR_CHECK_OK(require_upload(*txn, upload));
  return std::unique_ptr<objects::PartWriter>(std::make_unique<PartDraft>(*shelf_, upload, number));
}

Result<ObjectInfo> FilesystemBackend::complete_upload(const UploadName& name, const objects::CompleteRequest& request) {
  ObjectInfo result;
  WEIR_CHECK_OK(shelf_->write([&](Transaction& txn, Doomed& doomed) -> Status {
    WEIR_CHECK_OK(require_bucket(txn, name.bucket));
    WEIR_TRY(auto there, find_object(txn, name.bucket, name.key));
    auto upload = require_upload(txn, name);
    if (!upload.ok()) {
      auto before = completed_before(there, name);
      if (!before) return std::move(upload).error();
      result = std::move(*before);
      return {};
    }
    WEIR_TRY(auto stored, load_parts(txn, name.id, 0, objects::kPartNumberMax));
    WEIR_TRY(auto chosen, objects::choose_parts(stored, request.parts, shelf_->options.part_bytes_min));
    WEIR_TRY(result, describe(*upload, chosen, request));
    WEIR_CHECK_OK(check_write(request.conditions, there));
    result.last_modified = shelf_->clock.now();
    result.version = shelf_->fresh_version();
    WEIR_CHECK_OK(take_parts(txn, name, stored, chosen, doomed));
    return put_object(txn, name.bucket, {result, body_of(chosen)}, there, doomed);
  }));
  return result;
}

Status FilesystemBackend::abort_upload(const UploadName& upload) {
  return shelf_->write([&](Transaction& txn, Doomed& doomed) -> Status {
    WEIR_CHECK_OK(require_upload(txn, upload));
    return remove_upload(txn, upload, doomed);
  });
}

Result<objects::PartPage> FilesystemBackend::list_parts(const UploadName& name, int after, size_t max) {
  WEIR_TRY(auto txn, shelf_->store.begin(store::Mode::read));
  objects::PartPage page;
  max = std::min(max, objects::kPageMax);
  WEIR_TRY(page.upload, require_upload(*txn, name));
  WEIR_TRY(page.parts, load_parts(*txn, name.id, std::clamp(after, 0, objects::kPartNumberMax), max + 1));
  page.truncated = page.parts.size() > max;
  if (page.truncated) page.parts.resize(max);
  if (!page.parts.empty()) page.next = page.parts.back().number;
  return page;
}

Result<objects::UploadPage> FilesystemBackend::list_uploads(std::string_view bucket,
                                                            const objects::UploadQuery& query) {
  WEIR_TRY(auto txn, shelf_->store.begin(store::Mode::read));
  WEIR_CHECK_OK(require_bucket(*txn, bucket));
  Walk walk{
      kind_prefix("upload", bucket), query.prefix, query.delimiter, {}, std::min(query.max, objects::kPageMax), 4};
  if (!query.after_id.empty()) {
    walk.first = upload_key({std::string(bucket), query.after_key, query.after_id}) + '\0';
  } else if (!query.after_key.empty()) {
    walk.first = first_after(walk, query.after_key);
  }
  WEIR_TRY(auto walked, walk_prefixes(*txn, walk));
  objects::UploadPage page;
  for (auto& row : walked.rows) {
    WEIR_TRY(auto upload, base::decode_record<Upload>(row.value));
    upload.key = row.names[2];
    upload.id = row.names[3];
    page.uploads.push_back(std::move(upload));
  }
  page.prefixes = std::move(walked.prefixes);
  page.truncated = walked.truncated;
  if (!page.truncated) return page;
  page.next_key = walked.last;
  bool ends_with_upload = !page.uploads.empty() && page.uploads.back().key == walked.last;
  if (ends_with_upload) page.next_id = page.uploads.back().id;
  return page;
}

}  // namespace weir::backends
