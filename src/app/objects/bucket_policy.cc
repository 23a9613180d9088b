#include "app/objects/bucket_policy.h"

#include "store/key.h"

namespace weir::app {
namespace {

constexpr std::string_view kNoun = "s3", kPolicy = "policy";

}  // namespace

std::string bucket_policies_prefix() { return store::key(kNoun); }
std::string bucket_policy_key(std::string_view bucket) { return store::key(kNoun, bucket, kPolicy); }

std::optional<std::string> bucket_of_policy_key(std::string_view key) {
  auto parts = store::split_key(key);
  if (!parts || parts->size() != 3 || (*parts)[0] != kNoun || (*parts)[2] != kPolicy) return std::nullopt;
  return std::move((*parts)[1]);
}

BucketPolicyPtr load_bucket_policy(std::string_view bucket, std::string_view record) {
  BucketPolicy loaded{{"bucket policy of " + std::string(bucket), nullptr}, std::nullopt};
  auto read = base::decode_record<BucketPolicyRecord>(record);
  if (read) {
    policy::Bindings bindings(read->bindings.begin(), read->bindings.end());
    loaded.named.policy =
        policy::with_bindings(policy::load_policy(read->text, policy::PolicyKind::resource), bindings);
    loaded.bucket_created = read->bucket_created;
  }
  return std::make_shared<const BucketPolicy>(std::move(loaded));
}

}  // namespace weir::app
