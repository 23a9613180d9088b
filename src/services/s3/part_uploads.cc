// UploadPart and UploadPartCopy: the bytes of one part, from a request or from an object.
#include "app/objects/uploads.h"
#include "services/s3/checksums.h"
#include "services/s3/copy_source.h"
#include "services/s3/metadata.h"
#include "services/s3/multipart.h"
#include "services/s3/unoffered.h"

namespace weir::services {

using base::Result;
using namespace wire::s3;

namespace {

// Writes a part and proves it on the way.
class ProvedPart final : public base::ByteSink {
 public:
  ProvedPart(std::unique_ptr<objects::PartWriter> writer, Proof proof)
      : writer_(std::move(writer)), proof_(std::move(proof)) {}

  base::Status write(std::string_view piece) override {
    size_ += static_cast<int64_t>(piece.size());
    if (size_ > objects::kPutBytesMax)
      return base::fail(base::Kind::limit_exceeded, "Your proposed upload exceeds the maximum allowed size", "entity");
    proof_.update(piece);
    return writer_->write(piece);
  }

  Result<objects::Part> finish(std::span<const wire::HeaderField> trailers) {
    WEIR_TRY(auto checksum, proof_.finish(trailers));
    return writer_->finish(std::move(checksum), proof_.md5());
  }

 private:
  std::unique_ptr<objects::PartWriter> writer_;
  Proof proof_;
  int64_t size_ = 0;
};

class PartUpload final : public Upload {
 public:
  PartUpload(app::Call& call, ProvedPart part) : call_(call), part_(std::move(part)) {}

  base::Status write(std::string_view piece) override { return part_.write(piece); }

  Result<Answer> finish(std::span<const wire::HeaderField> trailers) override {
    WEIR_TRY(auto part, part_.finish(trailers));
    UploadPartOutput out;
    out.ETag = quoted(part.etag);
    if (part.checksum) show_checksum(*part.checksum, out);
    return Answer{wire::encode<op::UploadPart>(out, call_.facts().request_id), nullptr, 0, 0};
  }

 private:
  app::Call& call_;
  ProvedPart part_;
};

// The parts of an upload all carry the checksum that was chosen for it.
base::Status check_algorithm(const objects::Upload& upload, const Claims& claims) {
  if (!upload.algorithm || !claims.algorithm || to_wire(*upload.algorithm) == *claims.algorithm) return {};
  return base::invalid(
      "Checksum Type mismatch occurred, expected checksum Type: " + base::to_lower(to_string(*upload.algorithm)) +
          ", actual checksum Type: " + base::to_lower(wire::checksum_name(*claims.algorithm)),
      "checksum");
}

wire::ChecksumAlgorithm algorithm_for(const objects::Upload& upload) {
  return upload.algorithm ? to_wire(*upload.algorithm) : wire::ChecksumAlgorithm::crc64nvme;
}

Result<objects::ByteRange> range_of(const UploadPartCopyRequest& in, const objects::ObjectInfo& source) {
  auto size = static_cast<uint64_t>(source.size);
  if (!in.CopySourceRange) return objects::ByteRange{0, size};
  return objects::parse_copy_range(*in.CopySourceRange, size);
}

base::Status check_source(const UploadPartCopyRequest& in, const objects::ObjectInfo& source) {
  WEIR_TRY(auto conditions, read_conditions(in.CopySourceIfMatch, in.CopySourceIfNoneMatch,
                                            in.CopySourceIfModifiedSince, in.CopySourceIfUnmodifiedSince));
  objects::Current current{source.etag, source.last_modified};
  if (objects::evaluate(conditions, &current, objects::Access::read) == objects::Verdict::proceed) return {};
  return base::fail(base::Kind::precondition_failed, "At least one of the pre-conditions you specified did not hold",
                    "object");
}

}  // namespace

Result<std::unique_ptr<Upload>> open_part(app::Call& call, const wire::WireRequest& request) {
  WEIR_TRY(auto claims, read_claims(request.headers));
  WEIR_TRY(auto in, wire::decode<op::UploadPart>(request));
  WEIR_CHECK_OK(refuse_unoffered(in));
  WEIR_CHECK_OK(wire::validate(in));
  WEIR_TRY(auto part,
           app::begin_part(call, {*in.Bucket, *in.Key, in.ExpectedBucketOwner}, *in.UploadId, *in.PartNumber));
  WEIR_CHECK_OK(check_algorithm(part.upload, claims));
  ProvedPart proved(std::move(part.writer), Proof(std::move(claims), algorithm_for(part.upload)));
  return std::unique_ptr<Upload>(std::make_unique<PartUpload>(call, std::move(proved)));
}

Result<UploadPartCopyOutput> copy_part(app::Call& call, const UploadPartCopyRequest& in) {
  WEIR_CHECK_OK(refuse_unoffered(in));
  WEIR_TRY(auto from, read_copy_source(in.CopySource.value_or(""), in.ExpectedSourceBucketOwner));
  WEIR_TRY(auto source, app::open_object(call, from));
  WEIR_CHECK_OK(check_source(in, source->info()));
  WEIR_TRY(auto range, range_of(in, source->info()));
  WEIR_TRY(auto part,
           app::begin_part(call, {*in.Bucket, *in.Key, in.ExpectedBucketOwner}, *in.UploadId, *in.PartNumber));
  ProvedPart into(std::move(part.writer), Proof({}, algorithm_for(part.upload)));
  WEIR_CHECK_OK(objects::pour(*source, range, into));
  WEIR_TRY(auto done, into.finish({}));
  UploadPartCopyOutput out;
  auto& result = out.CopyPartResult.emplace();
  result.ETag = quoted(done.etag);
  result.LastModified = done.last_modified;
  if (part.upload.algorithm && done.checksum) show_checksum(*done.checksum, result);
  return out;
}

}  // namespace weir::services
