#include "app/objects/buckets.h"

#include "names/arn.h"

namespace weir::app {
namespace {

constexpr std::string_view kFirstRegion = "us-east-1";

BucketPolicyPtr policy_of(const Call& call, const objects::Bucket& bucket) {
  auto* found = call.state().bucket_policies.find(bucket.name);
  if (!found) return nullptr;
  auto& created = (*found)->bucket_created;
  return created && *created != bucket.created ? nullptr : *found;
}

// us-east-1 is never named: not naming a place means it.
base::Status check_location(const std::string& region, const std::optional<std::string>& location) {
  if (!location || location->empty()) {
    if (region == kFirstRegion) return {};
    return base::invalid(
        "The unspecified location constraint is incompatible for the region specific endpoint this "
        "request was sent to.",
        "location");
  }
  if (*location == kFirstRegion)
    return base::invalid("The specified location-constraint is not valid", "location-name");
  if (*location == region || (*location == "EU" && region == "eu-west-1")) return {};
  return base::invalid("The " + *location +
                           " location constraint is incompatible for the region specific endpoint "
                           "this request was sent to.",
                       "location");
}

base::Result<GuardedBucket> allowed_bucket(Call& call, std::string_view action, std::string_view name,
                                           const std::optional<std::string>& expected_owner) {
  WEIR_TRY(auto found, find_bucket(call, name, expected_owner));
  WEIR_CHECK_OK(call.authorize(found.ask(action)));
  return found;
}

}  // namespace

Ask GuardedBucket::ask(std::string_view action) const {
  return {std::string(action), names::bucket_arn(bucket.name), bucket.owner, {}, policy ? &policy->named : nullptr};
}

Ask GuardedBucket::ask(std::string_view action, std::string_view key) const {
  auto asked = ask(action);
  asked.resource = names::object_arn(bucket.name, key);
  return asked;
}

base::Result<GuardedBucket> find_bucket(Call& call, std::string_view name,
                                        const std::optional<std::string>& expected_owner) {
  call.about("bucketName", name);
  WEIR_TRY(auto bucket, call.lake().objects.head_bucket(name));
  if (expected_owner && *expected_owner != bucket.owner) return base::denied("Access Denied", "access");
  auto policy = policy_of(call, bucket);
  return GuardedBucket{std::move(bucket), std::move(policy)};
}

base::Result<objects::Bucket> create_bucket(Call& call, const std::string& name,
                                            const std::optional<std::string>& location) {
  call.about("bucketName", name);
  WEIR_CHECK_OK(objects::check_bucket_name(name));
  WEIR_CHECK_OK(call.authorize(Ask{"s3:CreateBucket", names::bucket_arn(name)}));
  auto& lake = call.lake();
  WEIR_CHECK_OK(check_location(lake.region, location));
  auto made = lake.objects.create_bucket(name, call.caller().account(), lake.region);
  if (!made && made.error().about == "own-bucket" && lake.region == kFirstRegion) return lake.objects.head_bucket(name);
  return made;
}

base::Status delete_bucket(Call& call, std::string_view name, const std::optional<std::string>& expected_owner) {
  WEIR_TRY(auto found, allowed_bucket(call, "s3:DeleteBucket", name, expected_owner));
  WEIR_CHECK_OK(call.lake().objects.delete_bucket(name));
  if (!found.policy) return {};
  // Should this not come about, the policy still is of a bucket that is gone, and of no other.
  return store::write(call.lake().store, [&](store::Transaction& tx) { return tx.erase(bucket_policy_key(name)); });
}

base::Result<objects::Bucket> head_bucket(Call& call, std::string_view name,
                                          const std::optional<std::string>& expected_owner) {
  WEIR_TRY(auto found, allowed_bucket(call, "s3:ListBucket", name, expected_owner));
  return std::move(found.bucket);
}

base::Result<objects::Bucket> locate_bucket(Call& call, std::string_view name,
                                            const std::optional<std::string>& expected_owner) {
  WEIR_TRY(auto found, allowed_bucket(call, "s3:GetBucketLocation", name, expected_owner));
  return std::move(found.bucket);
}

base::Result<objects::BucketPage> list_buckets(Call& call, objects::BucketQuery query) {
  WEIR_CHECK_OK(call.authorize(Ask{"s3:ListAllMyBuckets", "arn:aws:s3:::*"}));
  query.owner = call.caller().account();
  CHECK_TRUE(!query.owner.empty(), "whoever lists buckets has an account");
  return call.lake().objects.list_buckets(query);
}

}  // namespace weir::app
