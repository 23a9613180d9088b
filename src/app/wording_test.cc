#include "app/wording.h"

#include <gtest/gtest.h>

namespace weir::app {
namespace {

using permissions::Privilege;
using permissions::Resource;

TEST(Wording, PrivilegesAreSpelledAsAwsSpellsThemInErrors) {
  EXPECT_EQ(wording(Privilege::describe), "Describe");
  EXPECT_EQ(wording(Privilege::create_table), "Create Table");
  EXPECT_EQ(wording(Privilege::data_location_access), "Data Location Access");
  EXPECT_EQ(wording(Privilege::create_lf_tag), "Create LF Tag");
}

TEST(Wording, WhatIsLackingNamesTheObject) {
  EXPECT_EQ(insufficient(Privilege::describe, *Resource::of_table("111122223333", "sales", "orders")),
            "Insufficient Lake Formation permission(s): Required Describe on sales.orders");
  EXPECT_EQ(insufficient(Privilege::create_database, *Resource::of_catalog("111122223333")),
            "Insufficient Lake Formation permission(s): Required Create Database on Catalog");
  EXPECT_EQ(insufficient(Privilege::associate, *Resource::of_tag("111122223333", "area", "eu")),
            "Insufficient Lake Formation permission(s): Required Associate on LF-Tag area=eu");
}

}  // namespace
}  // namespace weir::app
