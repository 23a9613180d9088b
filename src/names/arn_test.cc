#include "names/arn.h"

#include <gtest/gtest.h>

namespace weir::names {

TEST(S3Path, CoversOnlyOnSlashBoundaries) {
  auto a = *S3Path::parse("s3://b/a"), slash = *S3Path::parse("s3a://b/a/");
  EXPECT_TRUE(a.covers(*S3Path::parse("s3://b/a/x.parquet")));
  EXPECT_TRUE(slash.covers(*S3Path::parse("arn:aws:s3:::b/a")));
  EXPECT_FALSE(a.covers(*S3Path::parse("s3://b/ab")));
  EXPECT_FALSE(a.covers(*S3Path::parse("s3://c/a/x")));
  EXPECT_TRUE(S3Path::parse("s3://b")->covers(a));
  EXPECT_FALSE(S3Path::parse("https://b/a").ok());
}

TEST(Arn, ParsesTablesAndRefusesTheRest) {
  auto name = parse_table_arn("arn:aws:glue:us-east-1:111122223333:table/Sales/Orders");
  ASSERT_TRUE(name.ok());
  EXPECT_EQ(name->database, "sales");
  EXPECT_FALSE(parse_table_arn("arn:aws:glue:us-east-1:111122223333:database/sales").ok());
  EXPECT_FALSE(parse_table_arn("arn:aws:s3:::b").ok());
  EXPECT_EQ(Arn::parse("arn:aws:iam::1:role/a:b")->resource, "role/a:b");
}

}  // namespace weir::names
