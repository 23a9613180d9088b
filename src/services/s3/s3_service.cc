#include "services/s3/s3_service.h"

#include "services/s3/buckets.h"
#include "services/s3/checksums.h"
#include "services/s3/errors.h"
#include "services/s3/multipart.h"
#include "services/s3/named_objects.h"
#include "services/s3/object_lists.h"
#include "services/s3/object_reads.h"
#include "services/s3/object_writes.h"

namespace weir::services {
namespace {

using namespace wire::s3;

// Operations whose body must be proved by a checksum or Content-MD5 of its own.
template <class Op, auto Function>
base::Result<Answer> serve_proved(app::Call& call, const wire::WireRequest& request) {
  WEIR_CHECK_OK(check_required_checksum(request));
  return serve<Op, Function>(call, request);
}
template <class Op, auto Function>
Route proved_write() {
  return {&Op::model(), &serve_proved<Op, Function>, Runs::worker, nullptr, false, &serve_named<Op, Function>};
}

// A place that is none has a code of its own, which the model's list of places would pre-empt.
base::Result<Answer> serve_create_bucket(app::Call& call, const wire::WireRequest& request) {
  WEIR_TRY(auto in, wire::decode<op::CreateBucket>(request));
  WEIR_TRY(auto out, create_bucket(call, in));
  return Answer{wire::encode<op::CreateBucket>(out, call.facts().request_id), nullptr, 0, 0};
}

template <class Op>
Route upload(OpenUpload open, HandleNamed named = nullptr) {
  return {&Op::model(), nullptr, Runs::worker, open, false, named};
}
template <class Op>
Route answer(Handle handle, HandleNamed named) {
  return {&Op::model(), handle, Runs::inline_, nullptr, false, named};
}

}  // namespace

const Service& s3_service() {
  static const Route routes[] = {
      read<op::ListBuckets, list_buckets>(),
      Route{&op::CreateBucket::model(), &serve_create_bucket, Runs::worker, nullptr, false,
            &serve_named<op::CreateBucket, create_bucket>},
      write<op::DeleteBucket, delete_bucket>(),
      read<op::HeadBucket, head_bucket>(),
      read<op::GetBucketLocation, get_bucket_location>(),
      proved_write<op::PutBucketPolicy, put_bucket_policy>(),
      read<op::GetBucketPolicy, get_bucket_policy>(),
      write<op::DeleteBucketPolicy, delete_bucket_policy>(),

      upload<op::PutObject>(&open_put, &put_object_named),
      answer<op::GetObject>(&get_object, &get_object_named),
      answer<op::HeadObject>(&head_object, &head_object_named),
      write<op::DeleteObject, delete_object>(),
      proved_write<op::DeleteObjects, delete_objects>(),
      write<op::CopyObject, copy_object>(),
      read<op::ListObjects, list_objects>(),
      read<op::ListObjectsV2, list_objects_v2>(),

      write<op::CreateMultipartUpload, create_upload>(),
      upload<op::UploadPart>(&open_part),
      write<op::UploadPartCopy, copy_part>(),
      write<op::CompleteMultipartUpload, complete_upload>(),
      write<op::AbortMultipartUpload, abort_upload>(),
      read<op::ListParts, list_parts>(),
      read<op::ListMultipartUploads, list_uploads>(),
  };
  static const Service service{&wire::s3::model(), routes, &s3_error};
  return service;
}

}  // namespace weir::services
