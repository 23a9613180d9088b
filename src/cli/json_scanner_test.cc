#include "cli/json_scanner.h"

#include <gtest/gtest.h>

namespace weir::cli {
namespace {

std::string elements(std::string_view text) {
  std::string out;
  auto status = JsonScanner(text).elements([&](std::string_view value) -> base::Status {
    out += "<" + std::string(value) + ">";
    return {};
  });
  return status.ok() ? out : status.error().says;
}

std::string members(std::string_view text) {
  std::string out;
  auto status = JsonScanner(text).members([&](const std::string& name, std::string_view value) -> base::Status {
    out += name + "=" + std::string(value) + ";";
    return {};
  });
  return status.ok() ? out : status.error().says;
}

}  // namespace

TEST(JsonScanner, FindsWhereValuesBeginAndEnd) {
  EXPECT_EQ(elements(R"( [ {"a":[1,2]} , "x,]" ,7,null, [[]] ] )"), R"(<{"a":[1,2]}><"x,]"><7><null><[[]]>)");
  EXPECT_EQ(members(R"({"a":{"b":"}"},"\u0063":[1]})"), R"(a={"b":"}"};c=[1];)");
  EXPECT_EQ(elements("[]"), "");
  EXPECT_EQ(members(" {\n} "), "");
}

TEST(JsonScanner, BracketsAndQuotesInsideTextDoNotCount) {
  EXPECT_EQ(elements(R"(["\"]}{[", "\\"])"), R"(<"\"]}{["><"\\">)");
}

TEST(JsonScanner, DamageIsToldWithItsLine) {
  EXPECT_EQ(elements("[1,\n2,\n{\"a\": 1"),
            "the document is damaged: the text ends in the middle of a value at line 3");
  EXPECT_EQ(elements("[1\n\n2]"), "the document is damaged: a list does not end at line 3");
  EXPECT_EQ(elements("[1,]"), "the document is damaged: a value is missing at line 1");
  EXPECT_EQ(elements("[1] 2"), "the document is damaged: text after the end at line 1");
  EXPECT_EQ(elements("[\"a\\"), "the document is damaged: the text ends in the middle of a value at line 1");
  EXPECT_EQ(members("{\"a\" 1}"), "the document is damaged: no ':' after a name at line 1");
  EXPECT_EQ(members("{1:2}"), "the document is damaged: no name of a member at line 1");
  EXPECT_EQ(members("[]"), "the document is damaged: no object at line 1");
  EXPECT_EQ(members(""), "the document is damaged: no object at line 1");
}

}  // namespace weir::cli
