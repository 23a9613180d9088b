#include "app/queries/packed_rows.h"

#include <gtest/gtest.h>

namespace weir::app {
namespace {

constexpr uint64_t kPlenty = 1 << 20;

TEST(PackedRows, RowsComeBackAsTheyWere) {
  PackedRows rows;
  Row first{"a", std::nullopt, ""}, second{std::string("\0x", 2), "NULL", std::string(1000, 'z')};
  EXPECT_TRUE(rows.append(first, kPlenty));
  EXPECT_TRUE(rows.append(second, kPlenty));
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows.at(0), first);
  EXPECT_EQ(rows.at(1), second);
}

TEST(PackedRows, EmptyTextIsNotNull) {
  PackedRows rows;
  rows.append({std::nullopt, ""}, kPlenty);
  EXPECT_FALSE(rows.at(0)[0]);
  EXPECT_EQ(rows.at(0)[1], "");
}

TEST(PackedRows, WhatDoesNotFitIsNotAddedAtAll) {
  PackedRows rows;
  EXPECT_TRUE(rows.append({"0123456789"}, 26));
  EXPECT_EQ(rows.bytes(), 26u);
  EXPECT_FALSE(rows.append({""}, 26));
  EXPECT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows.bytes(), 26u);
}

}  // namespace
}  // namespace weir::app
