#include "services/s3/object_writes.h"

#include "app/objects/objects.h"
#include "services/s3/checksums.h"
#include "services/s3/copy_source.h"
#include "services/s3/errors.h"
#include "services/s3/metadata.h"
#include "services/s3/unoffered.h"

namespace weir::services {

using base::Result;
using namespace wire::s3;

namespace {

constexpr size_t kDeletedMax = 1000;

// A body on its way into an object: nothing shows before every claim about it is proved.
class PutUpload final : public Upload {
 public:
  PutUpload(app::Call& call, std::unique_ptr<objects::ObjectWriter> writer, objects::PutRequest put, Proof proof)
      : call_(call), writer_(std::move(writer)), put_(std::move(put)), proof_(std::move(proof)) {}

  base::Status write(std::string_view piece) override {
    size_ += static_cast<int64_t>(piece.size());
    if (size_ > objects::kPutBytesMax)
      return base::fail(base::Kind::limit_exceeded, "Your proposed upload exceeds the maximum allowed size", "entity");
    proof_.update(piece);
    return writer_->write(piece);
  }

  Result<Answer> finish(std::span<const wire::HeaderField> trailers) override {
    WEIR_TRY(put_.checksum, proof_.finish(trailers));
    put_.content_md5 = proof_.md5();
    WEIR_TRY(auto info, writer_->finish(std::move(put_)));
    PutObjectOutput out;
    out.ETag = quoted(info.etag);
    if (info.checksum) show_checksum(*info.checksum, out);
    return Answer{wire::encode<op::PutObject>(out, call_.facts().request_id), nullptr, 0, 0};
  }

 private:
  app::Call& call_;
  std::unique_ptr<objects::ObjectWriter> writer_;
  objects::PutRequest put_;
  Proof proof_;
  int64_t size_ = 0;
};

Result<bool> replaces_metadata(const std::optional<std::string>& directive) {
  if (!directive || *directive == "COPY") return false;
  if (*directive == "REPLACE") return true;
  return base::invalid("Unknown metadata directive.", "metadata-directive");
}

Result<objects::CopyRequest> read_copy(const CopyObjectRequest& in) {
  WEIR_CHECK_OK(refuse_unoffered(in));
  if (in.ChecksumAlgorithm) return not_offered();  // a copy keeps the checksum of its source
  objects::CopyRequest copy;
  WEIR_TRY(bool replaces, replaces_metadata(in.MetadataDirective));
  if (replaces) {
    WEIR_TRY(copy.metadata, read_metadata(in));
  }
  WEIR_TRY(copy.conditions, write_conditions(in.IfMatch, in.IfNoneMatch));
  WEIR_TRY(copy.source_conditions, read_conditions(in.CopySourceIfMatch, in.CopySourceIfNoneMatch,
                                                   in.CopySourceIfModifiedSince, in.CopySourceIfUnmodifiedSince));
  return copy;
}

Result<std::vector<std::string>> keys_of(const DeleteObjectsRequest& in) {
  auto malformed = [] {
    return base::invalid("The XML you provided was not well-formed or did not validate against our published schema",
                         "xml");
  };
  if (!in.Delete || in.Delete->Objects.empty() || in.Delete->Objects.size() > kDeletedMax) return malformed();
  std::vector<std::string> keys;
  for (auto& object : in.Delete->Objects) {
    if (!object.Key) return malformed();
    if (object.ETag || object.LastModifiedTime || object.Size) return not_offered();
    WEIR_CHECK_OK(check_version(object.VersionId));
    keys.push_back(*object.Key);
  }
  return keys;
}

wire::s3::Error to_wire(const std::string& key, const base::Error& error) {
  wire::s3::Error out;
  out.Key = key;
  out.Code = std::string(s3_error(error).code);
  out.Message = error.says;
  return out;
}

}  // namespace

Result<std::unique_ptr<Upload>> open_put(app::Call& call, const wire::WireRequest& request) {
  WEIR_TRY(auto claims, read_claims(request.headers));
  WEIR_TRY(auto in, wire::decode<op::PutObject>(request));
  WEIR_CHECK_OK(refuse_unoffered(in));
  WEIR_CHECK_OK(wire::validate(in));
  objects::PutRequest put;
  WEIR_TRY(put.metadata, read_metadata(in));
  WEIR_TRY(put.conditions, write_conditions(in.IfMatch, in.IfNoneMatch));
  WEIR_TRY(auto writer, app::begin_object(call, {*in.Bucket, *in.Key, in.ExpectedBucketOwner}));
  Proof proof(std::move(claims), wire::ChecksumAlgorithm::crc64nvme);
  return std::unique_ptr<Upload>(
      std::make_unique<PutUpload>(call, std::move(writer), std::move(put), std::move(proof)));
}

Result<CopyObjectOutput> copy_object(app::Call& call, const CopyObjectRequest& in) {
  WEIR_TRY(auto copy, read_copy(in));
  WEIR_TRY(auto from, read_copy_source(in.CopySource.value_or(""), in.ExpectedSourceBucketOwner));
  WEIR_TRY(auto info, app::copy_object(call, from, {*in.Bucket, *in.Key, in.ExpectedBucketOwner}, std::move(copy)));
  CopyObjectOutput out;
  auto& result = out.CopyObjectResult.emplace();
  result.ETag = quoted(info.etag);
  result.LastModified = info.last_modified;
  if (info.checksum) show_checksum(*info.checksum, result);
  return out;
}

Result<DeleteObjectOutput> delete_object(app::Call& call, const DeleteObjectRequest& in) {
  WEIR_CHECK_OK(refuse_unoffered(in));
  if (in.IfMatchLastModifiedTime || in.IfMatchSize) return not_offered();  // of directory buckets
  WEIR_TRY(auto conditions, write_conditions(in.IfMatch, std::nullopt));
  WEIR_CHECK_OK(app::erase_object(call, {*in.Bucket, *in.Key, in.ExpectedBucketOwner}, conditions));
  return DeleteObjectOutput{};
}

Result<DeleteObjectsOutput> delete_objects(app::Call& call, const DeleteObjectsRequest& in) {
  WEIR_CHECK_OK(refuse_unoffered(in));
  WEIR_TRY(auto keys, keys_of(in));
  WEIR_TRY(auto answers, app::erase_objects(call, *in.Bucket, in.ExpectedBucketOwner, keys));
  DeleteObjectsOutput out;
  for (size_t i = 0; i < keys.size(); ++i) {
    if (!answers[i].ok()) {
      out.Errors.push_back(to_wire(keys[i], answers[i].error()));
    } else if (!in.Delete->Quiet.value_or(false)) {
      out.Deleted.emplace_back().Key = keys[i];
    }
  }
  return out;
}

}  // namespace weir::services
