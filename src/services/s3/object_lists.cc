#include "services/s3/object_lists.h"

#include "app/objects/objects.h"
#include "services/s3/listing_words.h"
#include "services/s3/metadata.h"

namespace weir::services {

using base::Result;
using namespace wire::s3;

namespace {

Object to_wire(const objects::ObjectInfo& info, const KeyText& text) {
  Object out;
  out.Key = text(std::string_view(info.key));
  out.LastModified = info.last_modified;
  out.ETag = quoted(info.etag);
  out.Size = info.size;
  out.StorageClass = "STANDARD";
  if (info.checksum) {
    out.ChecksumAlgorithm.emplace_back(to_string(info.checksum->algorithm));
    out.ChecksumType = std::string(to_string(info.checksum->type));
  }
  return out;
}

// What both versions answer alike.
template <class In, class Out>
void show_page(const In& in, const app::ObjectList& list, const KeyText& text, bool with_owner, Out& out) {
  out.Name = in.Bucket;
  out.Prefix = text(std::string_view(in.Prefix ? *in.Prefix : ""));
  out.Delimiter = text(in.Delimiter);
  out.EncodingType = in.EncodingType;
  out.IsTruncated = list.page.truncated;
  out.Contents.reserve(list.page.objects.size());
  for (auto& info : list.page.objects) {
    out.Contents.push_back(to_wire(info, text));
    if (with_owner) out.Contents.back().Owner = owner_of(list.owner);
  }
  for (auto& prefix : list.page.prefixes) out.CommonPrefixes.emplace_back().Prefix = text(std::string_view(prefix));
}

template <class In>
Result<objects::ListQuery> read_query(const In& in) {
  objects::ListQuery query;
  query.prefix = in.Prefix.value_or("");
  query.delimiter = in.Delimiter.value_or("");
  WEIR_TRY(query.max, read_page_size(in.MaxKeys, "max-keys"));
  return query;
}

}  // namespace

Result<ListObjectsOutput> list_objects(app::Call& call, const ListObjectsRequest& in) {
  WEIR_TRY(auto text, KeyText::read(in.EncodingType));
  WEIR_TRY(auto query, read_query(in));
  query.after = in.Marker.value_or("");
  WEIR_TRY(auto list, app::list_objects(call, *in.Bucket, in.ExpectedBucketOwner, query));
  ListObjectsOutput out;
  show_page(in, list, text, true, out);
  out.MaxKeys = static_cast<int32_t>(query.max);
  out.Marker = text(std::string_view(query.after));
  // Without a delimiter the last key tells where to go on.
  if (list.page.truncated && !query.delimiter.empty()) out.NextMarker = text(std::string_view(list.page.next));
  return out;
}

Result<ListObjectsV2Output> list_objects_v2(app::Call& call, const ListObjectsV2Request& in) {
  WEIR_TRY(auto text, KeyText::read(in.EncodingType));
  WEIR_TRY(auto query, read_query(in));
  query.after = in.StartAfter.value_or("");
  if (in.ContinuationToken) {
    WEIR_TRY(query.after, read_continuation_token(*in.Bucket, *in.ContinuationToken));
  }
  WEIR_TRY(auto list, app::list_objects(call, *in.Bucket, in.ExpectedBucketOwner, query));
  ListObjectsV2Output out;
  show_page(in, list, text, in.FetchOwner.value_or(false), out);
  out.MaxKeys = static_cast<int32_t>(query.max);
  out.KeyCount = static_cast<int32_t>(list.page.objects.size() + list.page.prefixes.size());
  out.StartAfter = text(in.StartAfter);
  out.ContinuationToken = in.ContinuationToken;
  if (list.page.truncated) out.NextContinuationToken = continuation_token(*in.Bucket, list.page.next);
  return out;
}

}  // namespace weir::services
