#include "app/objects/objects.h"

namespace weir::app {
namespace {

base::Result<GuardedBucket> allowed_object(Call& call, std::string_view action, const ObjectName& name) {
  WEIR_TRY(auto found, find_bucket(call, name.bucket, name.expected_owner));
  call.about("key", name.key);
  WEIR_CHECK_OK(call.authorize(found.ask(action, name.key)));
  return found;
}

// The error of a read, unless it tells of a missing key somebody who may not list.
base::Error concealed(const Call& call, const GuardedBucket& bucket, base::Error error) {
  if (error.kind != base::Kind::not_found || error.about != "key") return error;
  if (call.evaluate(bucket.ask("s3:ListBucket")).allowed()) return error;
  return base::denied("Access Denied", "access");
}

policy::Context list_context(const objects::ListQuery& query) {
  policy::Context context;
  context.set("s3:prefix", query.prefix);
  if (!query.delimiter.empty()) context.set("s3:delimiter", query.delimiter);
  context.set("s3:max-keys", std::to_string(query.max));
  return context;
}

// Denials are answers of their keys; what keeps us from deciding is an answer to the whole call.
base::Result<std::vector<base::Status>> authorize_each(Call& call, const GuardedBucket& bucket,
                                                       std::span<const std::string> keys) {
  std::vector<base::Status> answers;
  answers.reserve(keys.size());
  for (auto& key : keys) {
    auto status = objects::check_key(key);
    if (status.ok()) status = call.authorize(bucket.ask("s3:DeleteObject", key));
    if (!status.ok() && status.error().kind == base::Kind::internal) return std::move(status).error();
    answers.push_back(std::move(status));
  }
  return answers;
}

}  // namespace

base::Result<std::unique_ptr<objects::ObjectReader>> open_object(Call& call, const ObjectName& name) {
  WEIR_TRY(auto found, allowed_object(call, "s3:GetObject", name));
  auto reader = call.lake().objects.open(name.bucket, name.key);
  if (!reader) return concealed(call, found, std::move(reader).error());
  return reader;
}

base::Result<std::unique_ptr<objects::ObjectWriter>> begin_object(Call& call, const ObjectName& name) {
  WEIR_CHECK_OK(objects::check_key(name.key));
  WEIR_CHECK_OK(allowed_object(call, "s3:PutObject", name));
  return call.lake().objects.begin_put(name.bucket, name.key);
}

base::Status erase_object(Call& call, const ObjectName& name, const objects::Conditions& conditions) {
  WEIR_TRY(auto found, allowed_object(call, "s3:DeleteObject", name));
  auto erased = call.lake().objects.erase(name.bucket, name.key, conditions);
  if (!erased.ok()) return concealed(call, found, std::move(erased).error());
  return {};
}

base::Result<std::vector<base::Status>> erase_objects(Call& call, const std::string& bucket,
                                                      const std::optional<std::string>& expected_owner,
                                                      std::span<const std::string> keys) {
  WEIR_TRY(auto found, find_bucket(call, bucket, expected_owner));
  WEIR_TRY(auto answers, authorize_each(call, found, keys));
  std::vector<std::string> allowed;
  for (size_t i = 0; i < keys.size(); ++i)
    if (answers[i].ok()) allowed.push_back(keys[i]);
  if (allowed.empty()) return answers;
  WEIR_TRY(auto erased, call.lake().objects.erase_many(bucket, allowed));
  auto next = erased.begin();
  for (auto& answer : answers)
    if (answer.ok()) answer = std::move(*next++);
  return answers;
}

base::Result<objects::ObjectInfo> copy_object(Call& call, const ObjectName& from, const ObjectName& to,
                                              objects::CopyRequest request) {
  call.about("copySource", from.bucket + "/" + from.key);
  WEIR_CHECK_OK(objects::check_key(to.key));
  WEIR_TRY(auto source, find_bucket(call, from.bucket, from.expected_owner));
  WEIR_CHECK_OK(call.authorize(source.ask("s3:GetObject", from.key)));
  WEIR_CHECK_OK(allowed_object(call, "s3:PutObject", to));
  request.from_bucket = from.bucket;
  request.from_key = from.key;
  request.to_bucket = to.bucket;
  request.to_key = to.key;
  auto copied = call.lake().objects.copy(request);
  if (!copied) return concealed(call, source, std::move(copied).error());
  return copied;
}

base::Result<ObjectList> list_objects(Call& call, const std::string& bucket,
                                      const std::optional<std::string>& expected_owner,
                                      const objects::ListQuery& query) {
  WEIR_TRY(auto found, find_bucket(call, bucket, expected_owner));
  auto ask = found.ask("s3:ListBucket");
  ask.extra = list_context(query);
  WEIR_CHECK_OK(call.authorize(ask));
  if (query.max == 0) return ObjectList{found.bucket.owner, {}};
  WEIR_TRY(auto page, call.lake().objects.list(bucket, query));
  return ObjectList{found.bucket.owner, std::move(page)};
}

}  // namespace weir::app
