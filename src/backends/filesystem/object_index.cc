#include "backends/filesystem/object_index.h"

#include "base/text.h"

namespace weir::backends {
namespace {

using base::Result;
using base::Status;
using objects::ObjectInfo;
using store::Transaction;

Status drop_body(Transaction& txn, const std::string& version, Doomed& doomed) {
  auto key = body_key(version);
  WEIR_TRY(auto value, txn.get(key));
  if (!value) return base::internal("object version " + version + " has no body record");
  WEIR_TRY(auto body, decode_body(*value));
  DoomedBody gone{version, {}};
  for (auto& extent : body.extents) {
    WEIR_CHECK_OK(txn.erase(file_key(extent.file)));
    gone.files.push_back(extent.file);
  }
  if (!gone.files.empty()) doomed.push_back(std::move(gone));
  return txn.erase(key);
}

}  // namespace

Result<objects::Bucket> require_bucket(Transaction& txn, std::string_view bucket) {
  WEIR_TRY(auto value, txn.get(bucket_key(bucket)));
  if (!value) return base::not_found("The specified bucket does not exist", "bucket");
  return base::decode_record<objects::Bucket>(*value);
}

Result<std::optional<ObjectInfo>> find_object(Transaction& txn, std::string_view bucket, std::string_view key) {
  WEIR_TRY(auto value, txn.get(object_key(bucket, key)));
  if (!value) return std::optional<ObjectInfo>();
  WEIR_TRY(auto info, decode_object(key, *value));
  return std::optional<ObjectInfo>(std::move(info));
}

Result<std::optional<StoredObject>> load_object(Transaction& txn, std::string_view bucket, std::string_view key) {
  WEIR_TRY(auto info, find_object(txn, bucket, key));
  if (!info) return std::optional<StoredObject>();
  WEIR_TRY(auto value, txn.get(body_key(info->version)));
  if (!value) return base::internal("object version " + info->version + " has no body record");
  WEIR_TRY(auto body, decode_body(*value));
  return std::optional<StoredObject>(StoredObject{std::move(*info), std::move(body)});
}

Status check_write(const objects::Conditions& conditions, const std::optional<ObjectInfo>& there) {
  if (conditions.empty()) return {};
  if (conditions.if_match && !there) return base::not_found("The specified key does not exist.", "key");
  std::optional<objects::Current> current;
  if (there) current = objects::Current{there->etag, there->last_modified};
  auto verdict = objects::evaluate(conditions, current ? &*current : nullptr, objects::Access::write);
  if (verdict == objects::Verdict::proceed) return {};
  return base::fail(base::Kind::precondition_failed, "At least one of the pre-conditions you specified did not hold",
                    "object");
}

Status put_object(Transaction& txn, std::string_view bucket, const StoredObject& object,
                  const std::optional<ObjectInfo>& replaced, Doomed& doomed) {
  if (replaced) WEIR_CHECK_OK(drop_body(txn, replaced->version, doomed));
  for (auto& extent : object.body.extents) WEIR_CHECK_OK(txn.put(file_key(extent.file), ""));
  WEIR_CHECK_OK(txn.put(body_key(object.info.version), encode_body(object.body)));
  return txn.put(object_key(bucket, object.info.key), base::encode_record(object.info));
}

Status remove_object(Transaction& txn, std::string_view bucket, const ObjectInfo& object, Doomed& doomed) {
  WEIR_CHECK_OK(drop_body(txn, object.version, doomed));
  return txn.erase(object_key(bucket, object.key));
}

Result<objects::Upload> require_upload(Transaction& txn, const objects::UploadName& name) {
  WEIR_TRY(auto value, txn.get(upload_key(name)));
  if (!value)
    return base::not_found(
        "The specified multipart upload does not exist. The upload ID might be invalid, or the multipart upload "
        "might have been aborted or completed.",
        "upload");
  WEIR_TRY(auto upload, base::decode_record<objects::Upload>(*value));
  upload.key = name.key;
  upload.id = name.id;
  return upload;
}

Result<std::vector<objects::Part>> load_parts(Transaction& txn, std::string_view upload_id, int after, size_t max) {
  auto range = store::prefix_range(kind_prefix("part", upload_id));
  if (after > 0) range.first = part_key(upload_id, after) + '\0';
  WEIR_TRY(auto entries, txn.scan(range, max));
  std::vector<objects::Part> parts;
  parts.reserve(entries.size());
  for (auto& entry : entries) {
    WEIR_TRY(auto names, split_index_key(entry.key, 3));
    WEIR_TRY(auto number, base::parse_int(names[2]));
    WEIR_TRY(auto part, base::decode_record<objects::Part>(entry.value));
    part.number = static_cast<int>(number);
    parts.push_back(std::move(part));
  }
  return parts;
}

Status remove_part(Transaction& txn, std::string_view upload_id, const objects::Part& part, Doomed& doomed) {
  if (!part.file.empty()) {
    WEIR_CHECK_OK(txn.erase(file_key(part.file)));
    doomed.push_back({"", {part.file}});
  }
  return txn.erase(part_key(upload_id, part.number));
}

Status remove_upload(Transaction& txn, const objects::UploadName& name, Doomed& doomed) {
  WEIR_TRY(auto parts, load_parts(txn, name.id, 0, objects::kPartNumberMax));
  for (auto& part : parts) WEIR_CHECK_OK(remove_part(txn, name.id, part, doomed));
  return txn.erase(upload_key(name));
}

}  // namespace weir::backends
