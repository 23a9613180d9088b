#include "executions/names.h"

#include <gtest/gtest.h>

namespace weir::executions {
namespace {

TEST(Names, WhatAwsForbidsIsForbidden) {
  for (std::string name : {"a", "approve-all", "Ünïcode", "a.b_c-d", "(1)"}) EXPECT_TRUE(check_name(name).ok()) << name;
  for (std::string name :
       {"",  " ",  "a b", "a\tb", "a\nb", "<", ">", "{", "}", "[", "]", "?", "*",     "\"",    "#",
        "%", "\\", "^",   "|",    "~",    "`", "$", "&", ",", ";", ":", "/", "a\x01", "a\x7f", "a\xc2\x80"})
    EXPECT_FALSE(check_name(name).ok()) << name;
  EXPECT_TRUE(check_name(std::string(80, 'n')).ok());
  EXPECT_FALSE(check_name(std::string(81, 'n')).ok());
  EXPECT_EQ(check_name("a b").error().says, "Invalid Name: 'a b'");
}

TEST(Names, ArnsAreReadAsTheyAreWritten) {
  auto machine = parse_machine_arn("arn:aws:states:eu-west-1:111122223333:stateMachine:m:PROD");
  ASSERT_TRUE(machine.ok());
  EXPECT_EQ(machine->qualifier, "PROD");
  EXPECT_FALSE(machine->is_version());
  EXPECT_EQ(machine_arn("eu-west-1", *machine), "arn:aws:states:eu-west-1:111122223333:stateMachine:m:PROD");
  EXPECT_TRUE(parse_machine_arn("arn:aws:states:eu-west-1:111122223333:stateMachine:m:7")->is_version());
  auto id = parse_execution_arn("arn:aws:states:eu-west-1:111122223333:execution:m:e");
  ASSERT_TRUE(id.ok());
  EXPECT_EQ(execution_arn("eu-west-1", *id), "arn:aws:states:eu-west-1:111122223333:execution:m:e");
}

TEST(Names, WhatIsNoArnOfThisKindIsSaidToBeNone) {
  auto express = parse_execution_arn("arn:aws:states:eu-west-1:111122223333:express:m:e:0123");
  EXPECT_EQ(express.error().says, "Invalid Arn: 'Resource type not valid in this context: express'");
  for (std::string arn :
       {"", "m", "arn:aws:states:eu-west-1:111122223333", "arn:aws:s3:::b",
        "arn:aws:states:eu-west-1:11112222333:stateMachine:m",
        "arn:aws:states:eu-west-1:111122223333:stateMachine:", "arn:aws:states:eu-west-1:111122223333:stateMachine:m:",
        "arn:aws:states:eu-west-1:111122223333:stateMachine:m:1:2", "arn:aws:states:eu-west-1:111122223333:activity:m"})
    EXPECT_FALSE(parse_machine_arn(arn).ok()) << arn;
}

TEST(Names, AliasesAreNotNumbers) {
  EXPECT_TRUE(check_alias_name("PROD").ok());
  EXPECT_TRUE(check_alias_name("1-2").ok());
  for (std::string name : {"", "12", "a b", "ä"}) EXPECT_FALSE(check_alias_name(name).ok()) << name;
}

}  // namespace
}  // namespace weir::executions
