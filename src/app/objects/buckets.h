// Buckets: use cases, and the bucket every decision about objects begins with.
//
// Threads: free functions; a Call belongs to one thread.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "app/call.h"
#include "app/objects/bucket_policy.h"
#include "objects/bucket.h"

namespace weir::app {

// A bucket as a decision needs it: whose it is, and what its policy says.
struct GuardedBucket {
  objects::Bucket bucket;
  BucketPolicyPtr policy;  // null: it has none

  // The IAM question about the bucket itself, or about one key in it.
  Ask ask(std::string_view action) const;
  Ask ask(std::string_view action, std::string_view key) const;
};

// `expected_owner` is x-amz-expected-bucket-owner: another owner is denied.
base::Result<GuardedBucket> find_bucket(Call& call, std::string_view name,
                                        const std::optional<std::string>& expected_owner);

// The owner asked again for what she has already: harmless in us-east-1 only.
base::Result<objects::Bucket> create_bucket(Call& call, const std::string& name,
                                            const std::optional<std::string>& location);
base::Status delete_bucket(Call& call, std::string_view name, const std::optional<std::string>& expected_owner);
base::Result<objects::Bucket> head_bucket(Call& call, std::string_view name,
                                          const std::optional<std::string>& expected_owner);
base::Result<objects::Bucket> locate_bucket(Call& call, std::string_view name,
                                            const std::optional<std::string>& expected_owner);
// Those of the caller's account.
base::Result<objects::BucketPage> list_buckets(Call& call, objects::BucketQuery query);

}  // namespace weir::app
