#include "services/s3/multipart.h"

#include "app/objects/uploads.h"
#include "services/s3/checksums.h"
#include "services/s3/listing_words.h"
#include "services/s3/metadata.h"
#include "services/s3/unoffered.h"

namespace weir::services {

using base::Result;
using namespace wire::s3;

namespace {

template <class In>
app::ObjectName name_of(const In& in) {
  return {in.Bucket.value_or(""), in.Key.value_or(""), in.ExpectedBucketOwner};
}

Result<std::optional<objects::ChecksumType>> read_type(const std::optional<std::string>& name) {
  if (!name) return std::optional<objects::ChecksumType>();
  auto type = objects::parse_checksum_type(*name);
  if (!type) return base::invalid("Value for x-amz-checksum-type header is invalid.", "checksum");
  return type;
}

Result<objects::UploadRequest> read_upload(const CreateMultipartUploadRequest& in) {
  WEIR_CHECK_OK(refuse_unoffered(in));
  objects::UploadRequest request;
  WEIR_TRY(request.metadata, read_metadata(in));
  WEIR_TRY(request.checksum_type, read_type(in.ChecksumType));
  if (in.ChecksumAlgorithm) {
    request.algorithm = objects::parse_checksum_algorithm(*in.ChecksumAlgorithm);
    if (!request.algorithm)
      return base::invalid(
          "Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, "
          "CRC64NVME, SHA1, SHA256]",
          "checksum");
  } else if (request.checksum_type) {
    return base::invalid("The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.",
                         "checksum");
  }
  return request;
}

Result<objects::CompletedPart> to_domain(const CompletedPart& part) {
  if (!part.PartNumber || !part.ETag)
    return base::invalid("The XML you provided was not well-formed or did not validate against our published schema",
                         "xml");
  WEIR_TRY(auto checksum, given_checksum(part));
  return objects::CompletedPart{*part.PartNumber, *part.ETag, checksum ? checksum->value : ""};
}

Result<objects::CompleteRequest> read_complete(const CompleteMultipartUploadRequest& in) {
  WEIR_CHECK_OK(refuse_unoffered(in));
  objects::CompleteRequest request;
  if (in.MultipartUpload) {
    for (auto& part : in.MultipartUpload->Parts) {
      WEIR_TRY(auto completed, to_domain(part));
      request.parts.push_back(std::move(completed));
    }
  }
  WEIR_TRY(request.conditions, write_conditions(in.IfMatch, in.IfNoneMatch));
  WEIR_TRY(request.checksum, given_checksum(in));
  WEIR_TRY(auto type, read_type(in.ChecksumType));
  if (request.checksum && type) request.checksum->type = *type;
  request.object_size = in.MpuObjectSize;
  return request;
}

Part to_wire(const objects::Part& from) {
  Part out;
  out.PartNumber = from.number;
  out.LastModified = from.last_modified;
  out.ETag = quoted(from.etag);
  out.Size = from.size;
  if (from.checksum) show_checksum(*from.checksum, out);
  return out;
}

MultipartUpload to_wire(const objects::Upload& from, const std::string& owner, const KeyText& text) {
  MultipartUpload out;
  out.UploadId = from.id;
  out.Key = text(std::string_view(from.key));
  out.Initiated = from.initiated;
  out.StorageClass = "STANDARD";
  out.Owner = owner_of(owner);
  out.Initiator = Initiator{.ID = from.initiator, .DisplayName = from.initiator};
  if (from.algorithm) {
    out.ChecksumAlgorithm = std::string(to_string(*from.algorithm));
    out.ChecksumType = std::string(to_string(from.checksum_type));
  }
  return out;
}

}  // namespace

Result<CreateMultipartUploadOutput> create_upload(app::Call& call, const CreateMultipartUploadRequest& in) {
  WEIR_TRY(auto request, read_upload(in));
  WEIR_TRY(auto upload, app::create_upload(call, name_of(in), std::move(request)));
  CreateMultipartUploadOutput out;
  out.Bucket = in.Bucket;
  out.Key = in.Key;
  out.UploadId = upload.id;
  if (upload.algorithm) {
    out.ChecksumAlgorithm = std::string(to_string(*upload.algorithm));
    out.ChecksumType = std::string(to_string(upload.checksum_type));
  }
  return out;
}

Result<CompleteMultipartUploadOutput> complete_upload(app::Call& call, const CompleteMultipartUploadRequest& in) {
  WEIR_TRY(auto request, read_complete(in));
  WEIR_TRY(auto info, app::complete_upload(call, name_of(in), in.UploadId.value_or(""), request));
  CompleteMultipartUploadOutput out;
  out.Location = "/" + *in.Bucket + "/" + base::uri_encode(*in.Key, true);
  out.Bucket = in.Bucket;
  out.Key = in.Key;
  out.ETag = quoted(info.etag);
  if (info.checksum) show_checksum(*info.checksum, out);
  return out;
}

Result<AbortMultipartUploadOutput> abort_upload(app::Call& call, const AbortMultipartUploadRequest& in) {
  if (in.IfMatchInitiatedTime) return not_offered();  // of directory buckets
  WEIR_CHECK_OK(app::abort_upload(call, name_of(in), in.UploadId.value_or("")));
  return AbortMultipartUploadOutput{};
}

Result<ListPartsOutput> list_parts(app::Call& call, const ListPartsRequest& in) {
  WEIR_TRY(auto max, read_page_size(in.MaxParts, "max-parts"));
  WEIR_TRY(auto list,
           app::list_parts(call, name_of(in), in.UploadId.value_or(""), in.PartNumberMarker.value_or(0), max));
  ListPartsOutput out;
  out.Bucket = in.Bucket;
  out.Key = in.Key;
  out.UploadId = in.UploadId;
  out.PartNumberMarker = in.PartNumberMarker.value_or(0);
  out.NextPartNumberMarker = list.page.next;
  out.MaxParts = static_cast<int32_t>(max);
  out.IsTruncated = list.page.truncated;
  for (auto& part : list.page.parts) out.Parts.push_back(to_wire(part));
  auto& upload = list.page.upload;
  out.Initiator = Initiator{.ID = upload.initiator, .DisplayName = upload.initiator};
  out.Owner = owner_of(list.owner);
  out.StorageClass = "STANDARD";
  if (upload.algorithm) {
    out.ChecksumAlgorithm = std::string(to_string(*upload.algorithm));
    out.ChecksumType = std::string(to_string(upload.checksum_type));
  }
  return out;
}

Result<ListMultipartUploadsOutput> list_uploads(app::Call& call, const ListMultipartUploadsRequest& in) {
  WEIR_TRY(auto text, KeyText::read(in.EncodingType));
  objects::UploadQuery query{in.Prefix.value_or(""), in.Delimiter.value_or(""), in.KeyMarker.value_or(""), "", 0};
  if (in.KeyMarker) query.after_id = in.UploadIdMarker.value_or("");  // without a key it means nothing
  WEIR_TRY(query.max, read_page_size(in.MaxUploads, "max-uploads"));
  WEIR_TRY(auto list, app::list_uploads(call, *in.Bucket, in.ExpectedBucketOwner, query));
  ListMultipartUploadsOutput out;
  out.Bucket = in.Bucket;
  out.KeyMarker = text(std::string_view(query.after_key));
  out.UploadIdMarker = query.after_id;
  out.Prefix = text(in.Prefix);
  out.Delimiter = text(in.Delimiter);
  out.EncodingType = in.EncodingType;
  out.MaxUploads = static_cast<int32_t>(query.max);
  out.IsTruncated = list.page.truncated;
  for (auto& upload : list.page.uploads) out.Uploads.push_back(to_wire(upload, list.owner, text));
  for (auto& prefix : list.page.prefixes) out.CommonPrefixes.emplace_back().Prefix = text(std::string_view(prefix));
  if (!list.page.truncated) return out;
  out.NextKeyMarker = text(std::string_view(list.page.next_key));
  out.NextUploadIdMarker = list.page.next_id;
  return out;
}

}  // namespace weir::services
