#include "net/http.h"

#include <gtest/gtest.h>

namespace weir::net {

TEST(Headers, LookupsIgnoreCaseAndKeepOrder) {
  Headers headers;
  headers.add("X-A", "1");
  headers.add("x-a", "2");
  headers.add("B", "3");
  EXPECT_EQ(headers.get("X-a"), "1");
  EXPECT_EQ(headers.count("x-A"), 2u);
  EXPECT_EQ(headers.find("c"), nullptr);
  EXPECT_EQ(headers.get("c", "otherwise"), "otherwise");
}

TEST(Headers, SettingReplacesEveryValueOfTheName) {
  Headers headers;
  headers.add("X-A", "1");
  headers.add("B", "3");
  headers.add("x-a", "2");
  headers.set("x-A", "4");
  EXPECT_EQ(headers.size(), 2u);
  EXPECT_EQ(headers.get("x-a"), "4");
}

TEST(RequestHead, SplitsTheTargetAtTheFirstQuestionMark) {
  RequestHead head;
  head.target = "/a?b?c";
  EXPECT_EQ(head.path(), "/a");
  EXPECT_EQ(head.query(), "b?c");
  head.target = "/a?";
  EXPECT_EQ(head.query(), "");
  head.target = "/a";
  EXPECT_EQ(head.query(), "");
}

}  // namespace weir::net
