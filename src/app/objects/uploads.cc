#include "app/objects/uploads.h"

namespace weir::app {
namespace {

base::Result<GuardedBucket> allowed_upload(Call& call, std::string_view action, const ObjectName& name) {
  WEIR_CHECK_OK(objects::check_key(name.key));
  WEIR_TRY(auto found, find_bucket(call, name.bucket, name.expected_owner));
  call.about("key", name.key);
  WEIR_CHECK_OK(call.authorize(found.ask(action, name.key)));
  return found;
}

}  // namespace

base::Result<objects::Upload> create_upload(Call& call, const ObjectName& name, objects::UploadRequest request) {
  WEIR_CHECK_OK(allowed_upload(call, "s3:PutObject", name));
  request.initiator = call.caller().arn();
  return call.lake().objects.create_upload(name.bucket, name.key, request);
}

base::Result<PartInProgress> begin_part(Call& call, const ObjectName& name, const std::string& upload, int number) {
  WEIR_CHECK_OK(objects::check_part_number(number));
  WEIR_CHECK_OK(allowed_upload(call, "s3:PutObject", name));
  objects::UploadName wanted{name.bucket, name.key, upload};
  WEIR_TRY(auto page, call.lake().objects.list_parts(wanted, 0, 1));
  WEIR_TRY(auto writer, call.lake().objects.begin_part(wanted, number));
  return PartInProgress{std::move(page.upload), std::move(writer)};
}

base::Result<objects::ObjectInfo> complete_upload(Call& call, const ObjectName& name, const std::string& upload,
                                                  const objects::CompleteRequest& request) {
  WEIR_CHECK_OK(allowed_upload(call, "s3:PutObject", name));
  return call.lake().objects.complete_upload({name.bucket, name.key, upload}, request);
}

base::Status abort_upload(Call& call, const ObjectName& name, const std::string& upload) {
  WEIR_CHECK_OK(allowed_upload(call, "s3:AbortMultipartUpload", name));
  return call.lake().objects.abort_upload({name.bucket, name.key, upload});
}

base::Result<PartList> list_parts(Call& call, const ObjectName& name, const std::string& upload, int after,
                                  size_t max) {
  WEIR_TRY(auto found, allowed_upload(call, "s3:ListMultipartUploadParts", name));
  WEIR_TRY(auto page, call.lake().objects.list_parts({name.bucket, name.key, upload}, after, max));
  return PartList{found.bucket.owner, std::move(page)};
}

base::Result<UploadList> list_uploads(Call& call, const std::string& bucket,
                                      const std::optional<std::string>& expected_owner,
                                      const objects::UploadQuery& query) {
  WEIR_TRY(auto found, find_bucket(call, bucket, expected_owner));
  WEIR_CHECK_OK(call.authorize(found.ask("s3:ListBucketMultipartUploads")));
  WEIR_TRY(auto page, call.lake().objects.list_uploads(bucket, query));
  return UploadList{found.bucket.owner, std::move(page)};
}

}  // namespace weir::app
