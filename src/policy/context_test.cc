#include "policy/context.h"

#include <gtest/gtest.h>

namespace weir::policy {

TEST(Context, KeysIgnoreCaseAndTheLastSettingWins) {
  Context context;
  context.set("aws:PrincipalTag/Team", "a").set("AWS:principaltag/TEAM", "b");
  ASSERT_EQ(context.entries().size(), 1u);
  EXPECT_EQ(context.text("aws:principaltag/team"), "b");
  EXPECT_NE(context.find_lowered("aws:principaltag/team"), nullptr);
}

TEST(Context, ListsStayListsAndHaveNoSingleText) {
  Context context;
  context.set_list("aws:TagKeys", {"one"});
  EXPECT_TRUE(context.find("aws:tagkeys")->list);
  EXPECT_EQ(context.text("aws:TagKeys"), "");
  context.erase("AWS:TAGKEYS");
  EXPECT_EQ(context.find("aws:TagKeys"), nullptr);
}

TEST(Context, WhatIsDescribedLaterIsDescribedOnceAndOnlyWhenLookedAt) {
  int described = 0;
  Context context;
  context.describe_later([&](Context& into) {
    ++described;
    into.set("aws:SourceIp", "10.0.0.1");
  });
  EXPECT_EQ(described, 0);
  EXPECT_EQ(context.text("aws:sourceip"), "10.0.0.1");
  EXPECT_EQ(context.entries().size(), 1u);
  EXPECT_EQ(described, 1);
}

TEST(Context, WhatIsSetAfterwardsReplacesWhatWasToBeDescribed) {
  Context context;
  context.describe_later([](Context& into) { into.set("aws:SourceIp", "10.0.0.1"); });
  context.set("aws:SourceIp", "10.0.0.2");
  EXPECT_EQ(context.text("aws:sourceip"), "10.0.0.2");
}

}  // namespace weir::policy
