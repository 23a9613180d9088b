// The policy of one bucket: as it is stored, and as decisions read it.
//
// Invariants:
//  1. A policy speaks of one bucket in time: `bucket_created` ties it to that bucket, so that the next
//     bucket of the same name, perhaps another account's, does not inherit it.
//  2. A record that cannot be read denies everything, to everyone but the owner's root who can replace it.
//
// Threads: free functions and immutable values.
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/record.h"
#include "policy/evaluate.h"

namespace weir::app {

struct BucketPolicyRecord {
  std::string text;
  std::map<std::string, std::string> bindings;  // principal ARN -> unique id, as found on saving
  base::Instant bucket_created{};
};
WEIR_RECORD(BucketPolicyRecord, FIELD("Text", &BucketPolicyRecord::text),
            FIELD("Bindings", &BucketPolicyRecord::bindings),
            FIELD("BucketCreated", &BucketPolicyRecord::bucket_created))

struct BucketPolicy {
  policy::NamedPolicy named;
  std::optional<base::Instant> bucket_created;  // absent when the record cannot be read: fits every bucket
};
using BucketPolicyPtr = std::shared_ptr<const BucketPolicy>;

std::string bucket_policies_prefix();
std::string bucket_policy_key(std::string_view bucket);
// The bucket a stored key is about; nothing when it is not a bucket policy's.
std::optional<std::string> bucket_of_policy_key(std::string_view key);
BucketPolicyPtr load_bucket_policy(std::string_view bucket, std::string_view record);

}  // namespace weir::app
