#include "query/hive_layout.h"

#include <gtest/gtest.h>

namespace weir::query {
namespace {

TEST(HiveLayout, WhatWritersLeaveBehindIsNoData) {
  EXPECT_TRUE(is_data_file("t/day=1/part-0.parquet", 10));
  EXPECT_TRUE(is_data_file("part-0", 1));
  for (auto* key : {"t/_SUCCESS", "t/.part-0.crc", "t/", ""}) EXPECT_FALSE(is_data_file(key, 10)) << key;
  EXPECT_FALSE(is_data_file("t/part-0.parquet", 0));
}

TEST(HiveLayout, TheDefaultPartitionIsNull) {
  EXPECT_EQ(partition_cells({"mon", "", "__HIVE_DEFAULT_PARTITION__"}),
            (std::vector<std::optional<std::string>>{"mon", "", std::nullopt}));
}

TEST(HiveLayout, ANeighbourThatBeginsAlikeIsNotInside) {
  EXPECT_TRUE(lies_in("s3://b/t/day=1", "s3://b/t/"));
  EXPECT_TRUE(lies_in("s3://b/t", "s3://b/t"));
  EXPECT_FALSE(lies_in("s3://b/t2/day=1", "s3://b/t"));
  EXPECT_FALSE(lies_in("nowhere", "s3://b/t"));
}

TEST(HiveLayout, AFolderEndsWithASlash) {
  EXPECT_EQ(folder_prefix("t"), "t/");
  EXPECT_EQ(folder_prefix("t/"), "t/");
  EXPECT_EQ(folder_prefix(""), "");
}

}  // namespace
}  // namespace weir::query
