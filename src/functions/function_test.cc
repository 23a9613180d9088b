#include "functions/function.h"

#include <gtest/gtest.h>

#include "functions/function_records.h"
#include "store/memory_store.h"

namespace weir::functions {
namespace {

TEST(Function, BuiltInsAreReadAsTheyAreWritten) {
  for (auto name : {"GetTableDetails", "ShareCatalogItem", "SendApprovalNotification", "ActivityApprover"}) {
    auto which = parse_built_in(name);
    ASSERT_TRUE(which) << name;
    EXPECT_EQ(to_string(*which), name);
  }
  EXPECT_FALSE(parse_built_in("gettabledetails"));
  EXPECT_FALSE(parse_built_in(""));
}

TEST(Function, EnvironmentsHaveNamesThatProgramsTake) {
  EXPECT_TRUE(check_environment({{"API_GATEWAY_BASE_URL", "https://x"}, {"A1", ""}}).ok());
  for (auto name : {"", "1A", "_A", "A-B", "A B", "A=B", "A\nB"}) EXPECT_FALSE(check_environment({{name, "x"}}).ok());
  EXPECT_FALSE(check_environment({{"A", std::string("a\0b", 3)}}).ok());
  EXPECT_TRUE(check_environment({{"A", std::string(4095, 'x')}}).ok());
  EXPECT_FALSE(check_environment({{"A", std::string(4096, 'x')}}).ok());
}

TEST(Function, WhatAUrlsQuerySaysIsHidden) {
  EXPECT_EQ(url_without_query("https://a.example/p?key=1"), "https://a.example/p?****");
  EXPECT_EQ(url_without_query("https://a.example/p"), "https://a.example/p");
}

class FunctionRecordsTest : public testing::Test {
 protected:
  void put(const std::string& account, const std::string& name) {
    ASSERT_TRUE(store::write(store, [&](store::Transaction& tx) {
                  return FunctionRecords(tx).put({.account = account, .name = name, .url = "https://a.example"});
                }).ok());
  }
  store::MemoryStore store;
};

TEST_F(FunctionRecordsTest, AnAccountHasItsOwnFunctionsInOrder) {
  put("111122223333", "b");
  put("111122223333", "a");
  put("444455556666", "c");
  auto tx = store.begin(store::Mode::read);
  ASSERT_TRUE(tx.ok());
  auto all = FunctionRecords(**tx).all("111122223333");
  ASSERT_TRUE(all.ok());
  ASSERT_EQ(all->size(), 2U);
  EXPECT_EQ((*all)[0].name, "a");
  EXPECT_EQ((*all)[1].name, "b");
  EXPECT_FALSE(FunctionRecords(**tx).find("111122223333", "c")->has_value());
}

TEST_F(FunctionRecordsTest, AFunctionReadsBackAsItWasWritten) {
  Function made{.account = "111122223333", .name = "a", .built_in = BuiltIn::activity_approver, .role = "arn"};
  made.environment_names = {"A"};
  ASSERT_TRUE(store::write(store, [&](store::Transaction& tx) { return FunctionRecords(tx).put(made); }).ok());
  auto tx = store.begin(store::Mode::read);
  auto read = FunctionRecords(**tx).find("111122223333", "a");
  ASSERT_TRUE(read.ok() && *read);
  EXPECT_EQ((*read)->built_in, BuiltIn::activity_approver);
  EXPECT_EQ((*read)->environment_names, made.environment_names);
  EXPECT_EQ((*read)->timeout_s, kTimeoutSecondsDefault);
}

}  // namespace
}  // namespace weir::functions
