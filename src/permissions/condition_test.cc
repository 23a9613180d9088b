#include "permissions/condition.h"

#include <gtest/gtest.h>

namespace weir::permissions {
namespace {

const PrincipalTags kTags = {{"department", "sales"}, {"level", "3"}, {"empty", ""}, {"odd key", "a*b\"c"}};
const std::string kT = "context.iam.principalTags";

std::string get(const std::string& key) { return kT + ".getTag(\"" + key + "\")"; }
std::string has(const std::string& key) { return kT + ".hasTag(\"" + key + "\")"; }

bool holds(const std::string& text) {
  auto condition = Condition::parse(text);
  EXPECT_TRUE(condition.ok()) << text << "\n" << (condition.ok() ? "" : condition.error().says);
  return condition.ok() && condition->holds(kTags);
}
std::string refusal(const std::string& text) {
  auto condition = Condition::parse(text);
  return condition.ok() ? "read: " + condition->text() : condition.error().says;
}

TEST(Condition, ReadsWhatAwsWrites) {
  EXPECT_TRUE(holds(has("department") + " && " + get("department") + " == \"sales\""));
  EXPECT_FALSE(holds(has("department") + " && " + get("department") + " == \"hr\""));
  EXPECT_FALSE(holds(has("nosuch") + " && " + get("nosuch") + " == \"sales\""));
  EXPECT_TRUE(holds("[\"hr\", \"sales\"].contains(" + get("department") + ")"));
  EXPECT_FALSE(holds("[\"hr\"].contains(" + get("department") + ")"));
  EXPECT_TRUE(holds(get("department") + " like \"s*s\""));
  EXPECT_TRUE(holds("if " + has("nosuch") + " then false else " + has("level")));
}

TEST(Condition, WhatCannotBeEvaluatedDoesNotHoldNotEvenNegated) {
  for (const auto& text :
       {get("nosuch") + " == \"x\"", "!(" + get("nosuch") + " == \"x\")", get("nosuch") + " != \"x\"",
        get("department"), std::string("\"true\""), std::string("\"a\" == true"), std::string("\"a\" != true"),
        std::string("!\"a\""), std::string("true && \"a\""), std::string("false || \"a\""),
        std::string("\"a\" || true"), std::string("true like \"*\""), std::string("[\"a\", true].contains(\"a\")"),
        std::string("if \"a\" then true else true"), kT + ".hasTag(true)",
        "[" + get("nosuch") + ", \"a\"].contains(\"a\")"})
    EXPECT_FALSE(holds(text)) << text;
}

TEST(Condition, AnErrorOnTheUnevaluatedSideDoesNotMatter) {
  EXPECT_TRUE(holds("true || " + get("nosuch") + " == \"x\""));
  EXPECT_TRUE(holds("!(false && " + get("nosuch") + " == \"x\")"));
  EXPECT_TRUE(holds("if true then true else " + get("nosuch") + " == \"x\""));
  EXPECT_TRUE(holds("true || \"not a boolean\""));
  EXPECT_FALSE(holds(get("nosuch") + " == \"x\" || true")) << "the evaluated side comes first";
}

TEST(Condition, BindsAsCedarDoes) {
  EXPECT_TRUE(holds("true || false && false"));
  EXPECT_FALSE(holds("(true || false) && false"));
  EXPECT_TRUE(holds("!false == true")) << "! binds closer than ==";
  EXPECT_TRUE(holds("!!true && !(!true)"));
  EXPECT_TRUE(holds("true != false"));
  EXPECT_FALSE(holds("if true then false else true || true"));
}

TEST(Condition, PatternsHaveStarsAndEscapes) {
  for (const char* pattern : {"sales", "*", "s*", "*s", "*al*", "s*l*s", "**", "*sales*"})
    EXPECT_TRUE(holds(get("department") + " like \"" + pattern + "\"")) << pattern;
  for (const char* pattern : {"", "sale", "ales", "s*x*s", "*sales*s", "Sales", "s?les", "\\*"})
    EXPECT_FALSE(holds(get("department") + " like \"" + pattern + "\"")) << pattern;
  EXPECT_TRUE(holds(get("odd key") + R"( like "a\*b*")"));
  EXPECT_TRUE(holds(get("odd key") + R"( == "a*b\"c")"));
  EXPECT_TRUE(holds(get("empty") + " like \"\" && " + get("empty") + " like \"*\""));
  EXPECT_TRUE(holds(R"("\u{e9}\x41\n" == "éA\n")"));
}

TEST(Condition, KeysAndValuesAreComparedAsWritten) {
  EXPECT_FALSE(holds(has("Department")));
  EXPECT_FALSE(holds(get("department") + " == \"Sales\""));
}

TEST(Condition, TheLastOfTwoTagsCounts) {
  auto condition = Condition::parse(get("a") + " == \"2\"").value();
  EXPECT_TRUE(condition.holds({{"a", "1"}, {"a", "2"}}));
  EXPECT_FALSE(condition.holds({{"a", "2"}, {"a", "1"}}));
}

TEST(Condition, ARefusalSaysWhatAndWhere) {
  EXPECT_EQ(refusal("true &&"),
            "The condition cannot be read at character 8: a comparison, a text, true, false or "
            "context.iam.principalTags was expected, not the end.");
  EXPECT_NE(refusal("true ? false").find("at character 6: the end of the condition was expected, not '? false'"),
            std::string::npos);
  EXPECT_NE(refusal("\"abc").find("not closed"), std::string::npos);
  EXPECT_NE(refusal(kT + ".owner == \"x\"").find("hasTag or getTag was expected"), std::string::npos);
}

TEST(Condition, WhatIsNotServedIsRefused) {
  for (const auto& text : {std::string(),
                           std::string("  "),
                           std::string("principal.tags"),
                           std::string("context.iam.user == \"x\""),
                           std::string("1 == 1"),
                           std::string("\"a\" < \"b\""),
                           std::string("true == true == true"),
                           std::string("[].contains(\"a\")"),
                           std::string("[\"a\"] == [\"a\"]"),
                           std::string("true false"),
                           std::string("truefalse"),
                           std::string("if true then false"),
                           std::string("iftrue then true else false"),
                           std::string("(true"),
                           std::string("true)"),
                           std::string("\"\\q\""),
                           std::string("\"\\u{d800}\""),
                           std::string("\"\\u{110000}\""),
                           std::string("\"\\x80\""),
                           std::string("\"\\x4"),
                           std::string("\"\\u{"),
                           std::string("\"\\u{}\""),
                           std::string("\"\\*\" == \"*\""),
                           std::string("\"a\" like get"),
                           std::string("true // comment"),
                           std::string("\xff"),
                           std::string("\"\xc3\x28\"")})
    EXPECT_TRUE(refusal(text).starts_with("The condition")) << text << ": " << refusal(text);
}

TEST(Condition, NestingAndLengthHaveEnds) {
  auto nested = [](const std::string& open, size_t n, const std::string& close) {
    std::string out = "true";
    for (size_t i = 0; i < n; ++i) out = open + out + close;
    return out;
  };
  EXPECT_TRUE(holds(nested("(", 10, ")")));
  EXPECT_TRUE(holds(nested("!", 20, "")));
  for (const auto& deep : {nested("(", 1000, ")"), nested("!", 2000, ""), nested("if true then ", 100, " else true"),
                           nested("[true].contains(", 100, ")")})
    EXPECT_NE(refusal(deep).find("nested too deeply"), std::string::npos) << deep.substr(0, 40);
  EXPECT_NE(refusal("\"" + std::string(3000, 'x') + "\"").find("longer than 3000"), std::string::npos);
  std::string wide = "true";
  while (wide.size() < 2900) wide += " && true";
  EXPECT_TRUE(holds(wide));
}

TEST(Condition, TellsWhatItSaw) {
  auto condition = Condition::parse(has("department") + " && " + get("nosuch") + " == " + get("department")).value();
  EXPECT_EQ(condition.saw(kTags), "department=sales, nosuch is not there");
  EXPECT_EQ(Condition::parse("true")->saw(kTags), "no tags");
}

TEST(Condition, TextIsTrimmedAndReadsAgain) {
  auto condition = Condition::parse(" \n true || false\t").value();
  EXPECT_EQ(condition.text(), "true || false");
  EXPECT_EQ(Condition::parse(condition.text())->text(), condition.text());
}

}  // namespace
}  // namespace weir::permissions
