#include "services/s3/object_reads.h"

#include "app/objects/objects.h"
#include "base/clock.h"
#include "services/s3/checksums.h"
#include "services/s3/metadata.h"
#include "services/s3/unoffered.h"
#include "wire/s3_operations.h"

namespace weir::services {

using base::Result;
using namespace wire::s3;

namespace {

constexpr int kPartialContent = 206, kNotModified = 304;

struct Selection {
  objects::ByteRange range;
  bool partial = false;
};

Result<Selection> select_part(const objects::ObjectReader& object, int number) {
  WEIR_CHECK_OK(objects::check_part_number(number));
  auto range = object.part(number);
  if (!range)
    return base::fail(base::Kind::limit_exceeded, "The requested partnumber is not satisfiable", "part-range");
  return Selection{*range, range->length > 0};
}

template <class In>
Result<Selection> select(const objects::ObjectReader& object, const In& in) {
  if (in.Range && in.PartNumber)
    return base::invalid("Cannot specify both Range header and partNumber query parameter", "request");
  if (in.PartNumber) return select_part(object, *in.PartNumber);
  auto size = static_cast<uint64_t>(object.info().size);
  if (!in.Range) return Selection{{0, size}, false};
  auto verdict = objects::resolve_range(*in.Range, size);
  switch (verdict.answer) {
    case objects::RangeAnswer::whole: return Selection{{0, size}, false};
    case objects::RangeAnswer::part: return Selection{verdict.range, true};
    case objects::RangeAnswer::unsatisfiable: break;
  }
  return base::fail(base::Kind::limit_exceeded, "The requested range is not satisfiable", "range");
}

std::string content_range(const objects::ByteRange& range, int64_t size) {
  return "bytes " + std::to_string(range.offset) + "-" + std::to_string(range.offset + range.length - 1) + "/" +
         std::to_string(size);
}

template <class In>
bool overrides_any(const In& in) {
  return in.ResponseCacheControl || in.ResponseContentDisposition || in.ResponseContentEncoding ||
         in.ResponseContentLanguage || in.ResponseContentType || in.ResponseExpires;
}

// response-content-type and its kin, for whoever signed the request: an anonymous link cannot choose them.
template <class In, class Out>
base::Status override_metadata(const app::Call& call, const In& in, Out& out) {
  if (!overrides_any(in)) return {};
  if (call.caller().kind() == policy::PrincipalKind::anonymous)
    return base::invalid("Request specific response headers cannot be used for anonymous GET requests.", "request");
  if (in.ResponseCacheControl) out.CacheControl = in.ResponseCacheControl;
  if (in.ResponseContentDisposition) out.ContentDisposition = in.ResponseContentDisposition;
  if (in.ResponseContentEncoding) out.ContentEncoding = in.ResponseContentEncoding;
  if (in.ResponseContentLanguage) out.ContentLanguage = in.ResponseContentLanguage;
  if (in.ResponseContentType) out.ContentType = in.ResponseContentType;
  if (in.ResponseExpires) out.Expires = base::to_http_date(*in.ResponseExpires);
  return {};
}

template <class Out>
void describe(const objects::ObjectInfo& info, Out& out) {
  out.AcceptRanges = "bytes";
  out.ETag = quoted(info.etag);
  out.LastModified = info.last_modified;
  show_metadata(info.metadata, out);
}

template <class In>
Result<objects::Verdict> check_conditions(const In& in, const objects::ObjectInfo& info) {
  if (!in.IfMatch && !in.IfNoneMatch && !in.IfModifiedSince && !in.IfUnmodifiedSince) return objects::Verdict::proceed;
  WEIR_TRY(auto conditions, read_conditions(in.IfMatch, in.IfNoneMatch, in.IfModifiedSince, in.IfUnmodifiedSince));
  objects::Current current{info.etag, info.last_modified};
  return objects::evaluate(conditions, &current, objects::Access::read);
}

template <class Op>
Answer unchanged(const app::Call& call, const objects::ObjectInfo& info) {
  typename Op::Output out;
  out.ETag = quoted(info.etag);
  out.LastModified = info.last_modified;
  Answer answer{wire::encode<Op>(out, call.facts().request_id), nullptr, 0, 0};
  answer.response.status = kNotModified;
  return answer;
}

template <class Op>
Result<Answer> read_object(app::Call& call, const wire::WireRequest& request) {
  WEIR_TRY(auto in, wire::decode<Op>(request));
  WEIR_CHECK_OK(wire::validate(in));
  WEIR_CHECK_OK(refuse_unoffered(in));
  WEIR_TRY(auto reader, app::open_object(call, {*in.Bucket, *in.Key, in.ExpectedBucketOwner}));
  auto& info = reader->info();
  WEIR_TRY(auto verdict, check_conditions(in, info));
  if (verdict == objects::Verdict::not_modified) return unchanged<Op>(call, info);
  if (verdict == objects::Verdict::precondition_failed)
    return base::fail(base::Kind::precondition_failed, "At least one of the pre-conditions you specified did not hold",
                      "object");
  WEIR_TRY(auto selected, select(*reader, in));
  typename Op::Output out;
  describe(info, out);
  WEIR_CHECK_OK(override_metadata(call, in, out));
  // The checksum is of the whole object: said of a part, clients would hold the part against it.
  if (in.ChecksumMode && info.checksum && !selected.partial) show_checksum(*info.checksum, out);
  if (in.PartNumber && info.parts > 0) out.PartsCount = info.parts;
  if (selected.partial) out.ContentRange = content_range(selected.range, info.size);
  Answer answer{wire::encode<Op>(out, call.facts().request_id), std::move(reader), selected.range.offset,
                selected.range.length};
  if (selected.partial) answer.response.status = kPartialContent;
  return answer;
}

}  // namespace

Result<Answer> get_object(app::Call& call, const wire::WireRequest& request) {
  return read_object<op::GetObject>(call, request);
}
Result<Answer> head_object(app::Call& call, const wire::WireRequest& request) {
  return read_object<op::HeadObject>(call, request);
}

}  // namespace weir::services
