// A bucket and the rules its name must obey.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/record.h"
#include "base/result.h"

namespace weir::objects {

struct Bucket {
  std::string name{};
  std::string owner{};  // account id
  std::string region{};
  base::Instant created{};
  bool operator==(const Bucket&) const = default;
};
WEIR_RECORD(Bucket, FIELD("name", &Bucket::name), FIELD("owner", &Bucket::owner), FIELD("region", &Bucket::region),
            FIELD("created", &Bucket::created))

// The general-purpose bucket naming rules of S3. Errors are about "bucket-name".
base::Status check_bucket_name(std::string_view name);

struct BucketQuery {
  std::string owner{};  // empty: of every account
  std::string prefix{};
  std::string after{};  // exclusive
  size_t max = 10'000;
};

struct BucketPage {
  std::vector<Bucket> buckets;
  bool truncated = false;
  std::string next{};  // what to pass as `after` for the next page
};

}  // namespace weir::objects
