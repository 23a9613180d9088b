#include "objects/bucket.h"

#include <gtest/gtest.h>

namespace weir::objects {

TEST(BucketName, FollowsTheNamingRules) {
  for (auto name : {"abc", "a.b-c", "my-bucket.2026", "1-2-3", "256.1.1", "1.2.3.4.5"})
    EXPECT_TRUE(check_bucket_name(name).ok()) << name;
  EXPECT_TRUE(check_bucket_name(std::string(63, 'a')).ok());
  for (auto name :
       {"",        "ab",       "Abc",       "a_b",      "-abc", "abc-", ".abc", "abc.", "a..b", "192.168.0.1",
        "xn--abc", "sthree-x", "x-s3alias", "x--ol-s3", "a/b",  "a b",  "..",   "../x", "a%2e", "bücket"})
    EXPECT_FALSE(check_bucket_name(name).ok()) << name;
  EXPECT_FALSE(check_bucket_name(std::string(64, 'a')).ok());
  EXPECT_FALSE(check_bucket_name(std::string_view("a\0bc", 4)).ok());
}

}  // namespace weir::objects
