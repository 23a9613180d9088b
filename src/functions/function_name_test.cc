#include "functions/function_name.h"

#include <gtest/gtest.h>

namespace weir::functions {
namespace {

constexpr std::string_view kRegion = "eu-west-1", kAccount = "111122223333";

base::Result<FunctionName> parsed(std::string_view text) { return parse_function_name(text, kRegion, kAccount); }

TEST(FunctionName, EveryFormNamesTheSameFunction) {
  for (auto text : {"flags", "111122223333:function:flags", "arn:aws:lambda:eu-west-1:111122223333:function:flags"}) {
    auto name = parsed(text);
    ASSERT_TRUE(name.ok()) << text;
    EXPECT_EQ(name->arn(), "arn:aws:lambda:eu-west-1:111122223333:function:flags") << text;
    EXPECT_EQ(name->named_arn(), name->arn());
    EXPECT_TRUE(name->is_latest());
    auto latest = parsed(std::string(text) + ":$LATEST");
    ASSERT_TRUE(latest.ok()) << text;
    EXPECT_EQ(latest->named_arn(), name->arn() + ":$LATEST");
    EXPECT_TRUE(latest->is_latest());
    EXPECT_FALSE(parsed(std::string(text) + ":7")->is_latest());
  }
}

TEST(FunctionName, AnArnSaysItsOwnRegionAndAccount) {
  auto name = parsed("arn:aws:lambda:us-east-1:444455556666:function:flags:prod");
  ASSERT_TRUE(name.ok());
  EXPECT_EQ(*name, (FunctionName{"us-east-1", "444455556666", "flags", "prod"}));
}

TEST(FunctionName, WhatIsNoNameIsRefused) {
  for (auto text :
       {"", "a b", "../etc", "a/b", "a.b", "a:b:c", "a:", ":a", "a:$latest", "arn:aws:lambda:eu-west-1:1:function:a",
        "arn:aws:lambda::111122223333:function:a", "arn:aws:s3:eu-west-1:111122223333:function:a",
        "arn:aws:lambda:eu-west-1:111122223333:function:", "arn:aws:lambda:eu-west-1:111122223333:layer:a",
        "111122223333:function:", "12:function:a", "a\nb", "a%2fb"})
    EXPECT_FALSE(parsed(text).ok()) << text;
  EXPECT_FALSE(parsed(std::string(65, 'a')).ok());
  EXPECT_TRUE(parsed(std::string(64, 'a')).ok());
  EXPECT_FALSE(parsed(std::string("a\0b", 3)).ok());
}

}  // namespace
}  // namespace weir::functions
