#include "app/objects/bucket_policies.h"

#include "app/objects/buckets.h"
#include "names/arn.h"

namespace weir::app {
namespace {

base::Result<GuardedBucket> allowed_bucket(Call& call, std::string_view action, std::string_view name,
                                           const std::optional<std::string>& expected_owner) {
  WEIR_TRY(auto found, find_bucket(call, name, expected_owner));
  auto ask = found.ask(action);
  bool owner = call.caller().account() == found.bucket.owner;
  if (owner && call.caller().kind() == policy::PrincipalKind::root) ask.resource_policy = nullptr;
  WEIR_CHECK_OK(call.authorize(ask));
  // Another account may be allowed much, but never the policy itself.
  if (!owner)
    return base::fail(base::Kind::unsupported, "The specified method is not allowed against this resource.", "method");
  return found;
}

bool is_of_bucket(const base::Json& resource, const std::string& arn) {
  auto* text = resource.as_string();
  return text && (*text == arn || text->starts_with(arn + "/") || text->starts_with(arn + "*"));
}

bool all_of_bucket(const base::Json& resources, const std::string& arn) {
  auto* list = resources.as_array();
  if (!list) return is_of_bucket(resources, arn);
  for (auto& resource : *list)
    if (!is_of_bucket(resource, arn)) return false;
  return true;
}

base::Status check_statement(const base::Json& statement, const std::string& arn) {
  for (auto* element : {"Resource", "NotResource"})
    if (auto* named = statement.find(element); named && !all_of_bucket(*named, arn))
      return base::fail(base::Kind::malformed_policy, "Policy has invalid resource", "policy");
  return {};
}

// A policy speaks of its own bucket only.
base::Status check_resources(const std::string& text, std::string_view bucket) {
  WEIR_TRY(auto document, base::parse_json(text));
  auto arn = names::bucket_arn(bucket);
  auto* statements = document.find("Statement");
  if (!statements) return {};
  if (!statements->as_array()) return check_statement(*statements, arn);
  for (auto& statement : *statements->as_array()) WEIR_CHECK_OK(check_statement(statement, arn));
  return {};
}

base::Result<policy::PolicyPtr> read_policy(const Call& call, std::string_view bucket, const std::string& text) {
  WEIR_TRY(auto parsed, policy::parse_policy(text, policy::PolicyKind::resource));
  WEIR_CHECK_OK(check_resources(text, bucket));
  auto bound = policy::bind_principals(parsed, [&](std::string_view arn) -> std::optional<std::string> {
    auto* id = call.state().directory.find_id(arn);
    return id ? std::optional(*id) : std::nullopt;
  });
  if (!bound && bound.error().kind != base::Kind::internal)
    return base::fail(base::Kind::malformed_policy, "Invalid principal in policy", "policy");
  return bound;
}

}  // namespace

base::Status put_bucket_policy(Call& call, std::string_view bucket, const std::string& text,
                               const std::optional<std::string>& expected_owner) {
  WEIR_TRY(auto found, allowed_bucket(call, "s3:PutBucketPolicy", bucket, expected_owner));
  WEIR_TRY(auto policy, read_policy(call, bucket, text));
  BucketPolicyRecord record{text, {policy->bindings().begin(), policy->bindings().end()}, found.bucket.created};
  return store::write(call.lake().store, [&](store::Transaction& tx) {
    return tx.put(bucket_policy_key(bucket), base::encode_record(record));
  });
}

base::Result<std::string> get_bucket_policy(Call& call, std::string_view bucket,
                                            const std::optional<std::string>& expected_owner) {
  WEIR_TRY(auto found, allowed_bucket(call, "s3:GetBucketPolicy", bucket, expected_owner));
  if (!found.policy) return base::not_found("The bucket policy does not exist", "bucket-policy");
  if (!found.policy->named.policy) return base::internal("the stored bucket policy cannot be read");
  return policy::published_text(*found.policy->named.policy, [&](std::string_view arn, std::string_view id) {
    auto* now = call.state().directory.find_id(arn);
    return now && *now == id;
  });
}

base::Status delete_bucket_policy(Call& call, std::string_view bucket,
                                  const std::optional<std::string>& expected_owner) {
  WEIR_CHECK_OK(allowed_bucket(call, "s3:DeleteBucketPolicy", bucket, expected_owner));
  return store::write(call.lake().store, [&](store::Transaction& tx) { return tx.erase(bucket_policy_key(bucket)); });
}

}  // namespace weir::app
