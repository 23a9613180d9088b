#include "services/s3/buckets.h"

#include <algorithm>

#include "app/objects/bucket_policies.h"
#include "app/objects/buckets.h"
#include "base/text.h"
#include "names/arn.h"
#include "services/s3/unoffered.h"

namespace weir::services {

using base::Result;
using namespace wire::s3;

namespace {

constexpr int32_t kBucketsMax = 10'000;

Bucket to_wire(const objects::Bucket& from) {
  Bucket out;
  out.Name = from.name;
  out.CreationDate = from.created;
  out.BucketRegion = from.region;
  out.BucketArn = names::bucket_arn(from.name);
  return out;
}

Result<objects::BucketQuery> read_query(const ListBucketsRequest& in) {
  objects::BucketQuery query;
  query.prefix = in.Prefix.value_or("");
  if (in.MaxBuckets && (*in.MaxBuckets < 1 || *in.MaxBuckets > kBucketsMax))
    return base::invalid("Argument max-buckets must be an integer between 1 and 10000.", "max-buckets");
  query.max = static_cast<size_t>(in.MaxBuckets.value_or(kBucketsMax));
  if (!in.ContinuationToken) return query;
  auto after = base::unbase64url(*in.ContinuationToken);
  if (!after || !objects::check_bucket_name(*after).ok())
    return base::invalid("The continuation token provided is incorrect", "continuation-token");
  query.after = std::move(*after);
  return query;
}

}  // namespace

Result<ListBucketsOutput> list_buckets(app::Call& call, const ListBucketsRequest& in) {
  WEIR_TRY(auto query, read_query(in));
  WEIR_TRY(auto page, app::list_buckets(call, query));
  ListBucketsOutput out;
  out.Buckets.give();
  for (auto& bucket : page.buckets)
    if (!in.BucketRegion || *in.BucketRegion == bucket.region) out.Buckets.push_back(to_wire(bucket));
  out.Owner = Owner{.DisplayName = call.caller().account(), .ID = call.caller().account()};
  out.Prefix = in.Prefix;
  if (page.truncated) out.ContinuationToken = base::base64url(page.next);
  return out;
}

Result<CreateBucketOutput> create_bucket(app::Call& call, const CreateBucketRequest& in) {
  WEIR_CHECK_OK(refuse_unoffered(in));
  std::optional<std::string> location;
  if (auto& configuration = in.CreateBucketConfiguration) {
    if (configuration->Location || configuration->Bucket || !configuration->Tags.empty()) return not_offered();
    location = configuration->LocationConstraint;
  }
  WEIR_TRY(auto bucket, app::create_bucket(call, in.Bucket.value_or(""), location));
  CreateBucketOutput out;
  out.Location = "/" + bucket.name;
  return out;
}

Result<wire::Nothing> delete_bucket(app::Call& call, const DeleteBucketRequest& in) {
  WEIR_CHECK_OK(app::delete_bucket(call, in.Bucket.value_or(""), in.ExpectedBucketOwner));
  return wire::Nothing{};
}

Result<HeadBucketOutput> head_bucket(app::Call& call, const HeadBucketRequest& in) {
  WEIR_TRY(auto bucket, app::head_bucket(call, in.Bucket.value_or(""), in.ExpectedBucketOwner));
  HeadBucketOutput out;
  out.BucketRegion = bucket.region;
  out.AccessPointAlias = false;
  return out;
}

Result<GetBucketLocationOutput> get_bucket_location(app::Call& call, const GetBucketLocationRequest& in) {
  WEIR_TRY(auto bucket, app::locate_bucket(call, in.Bucket.value_or(""), in.ExpectedBucketOwner));
  GetBucketLocationOutput out;
  if (bucket.region != "us-east-1") out.LocationConstraint = bucket.region;
  return out;
}

Result<wire::Nothing> put_bucket_policy(app::Call& call, const PutBucketPolicyRequest& in) {
  WEIR_CHECK_OK(app::put_bucket_policy(call, in.Bucket.value_or(""), in.Policy.value_or(""), in.ExpectedBucketOwner));
  return wire::Nothing{};
}

Result<GetBucketPolicyOutput> get_bucket_policy(app::Call& call, const GetBucketPolicyRequest& in) {
  WEIR_TRY(auto text, app::get_bucket_policy(call, in.Bucket.value_or(""), in.ExpectedBucketOwner));
  return GetBucketPolicyOutput{.Policy = std::move(text)};
}

Result<wire::Nothing> delete_bucket_policy(app::Call& call, const DeleteBucketPolicyRequest& in) {
  WEIR_CHECK_OK(app::delete_bucket_policy(call, in.Bucket.value_or(""), in.ExpectedBucketOwner));
  return wire::Nothing{};
}

}  // namespace weir::services
