#include "events/target_input.h"

#include <gtest/gtest.h>

namespace weir::events {
namespace {

const base::Json kEnvelope = *base::parse_json(
    R"({"id":"e1","source":"s","detail":{"name":"a \"b\"","n":7,"list":[{"x":1},{"x":2}],"o":{"k":"v"}}})");
const RuleFacts kRule{"arn:aws:events:us-east-1:111122223333:rule/r", "r"};

Target with_template(const std::string& text, std::map<std::string, std::string> paths) {
  Target target{.id = "t", .arn = "a"};
  target.transformer = InputTransformer{std::move(paths), text};
  return target;
}

std::string input(const Target& target) { return target_input(target, kEnvelope, kRule, base::Instant{}).value(); }

TEST(TargetInput, TheWholeAPartOrAConstant) {
  Target target{.id = "t", .arn = "a"};
  EXPECT_EQ(input(target), kEnvelope.dump());
  target.input_path = "$.detail.list[1].x";
  EXPECT_EQ(input(target), "2");
  target.input_path = "$.detail['o']";
  EXPECT_EQ(input(target), R"({"k":"v"})");
  target.input_path = "$.detail.absent";
  EXPECT_EQ(input(target), "");
  Target constant{.id = "t", .arn = "a"};
  constant.input = R"({"fixed":true})";
  EXPECT_EQ(input(constant), R"({"fixed":true})");
}

TEST(TargetInput, TemplatesFillInTextWithinStringsAndJsonElsewhere) {
  std::map<std::string, std::string> paths = {{"name", "$.detail.name"}, {"n", "$.detail.n"}, {"o", "$.detail.o"}};
  EXPECT_EQ(input(with_template(R"({"says":"it is <name>","n":<n>,"o":<o>})", paths)),
            R"({"says":"it is a \"b\"","n":7,"o":{"k":"v"}})");
  EXPECT_EQ(input(with_template(R"({"name":<name>})", paths)), R"({"name":"a \"b\""})");
}

TEST(TargetInput, ValuesCannotBreakOutOfTheStringTheyAreIn) {
  auto out = input(with_template(R"({"a":"<name>","b":"<o>"})", {{"name", "$.detail.name"}, {"o", "$.detail.o"}}));
  auto json = base::parse_json(out);
  ASSERT_TRUE(json.ok()) << out;
  EXPECT_EQ(json->as_object()->size(), 2u);
  EXPECT_EQ(json->text("b"), R"({"k":"v"})");
}

TEST(TargetInput, ReservedNamesTellOfRuleAndEvent) {
  EXPECT_EQ(input(with_template(R"("<aws.events.rule-name>")", {})), R"("r")");
  EXPECT_EQ(input(with_template("<aws.events.event.json>", {})), kEnvelope.dump());
  EXPECT_EQ(input(with_template("<aws.events.event>", {})), R"({"id":"e1","source":"s"})");
  EXPECT_EQ(input(with_template("<unknown> <", {})), "<unknown> <");
}

TEST(TargetInput, ATemplateMakesNoMoreOfAnEventThanAnEventMayBe) {
  auto large = base::Json::object().set("detail", std::string(100'000, 'x'));
  auto three = with_template("<a><a><a>", {{"a", "$.detail"}}), two = with_template("<a><a>", {{"a", "$.detail"}});
  EXPECT_TRUE(target_input(two, large, kRule, base::Instant{}).ok());
  EXPECT_FALSE(target_input(three, large, kRule, base::Instant{}).ok());
}

TEST(TargetInput, OneWayOnlyAndPathsThatAreNone) {
  Target both{.id = "t", .arn = "a"};
  both.input = "1";
  both.input_path = "$";
  EXPECT_FALSE(check_target_input(both).ok());
  for (auto* path : {"detail", "$detail", "$.", "$.a[", "$.a[-1]", "$..a", "$.a[x]"}) {
    Target target{.id = "t", .arn = "a"};
    target.input_path = path;
    EXPECT_FALSE(check_target_input(target).ok()) << path;
  }
  Target bad{.id = "t", .arn = "a"};
  bad.input = "{";
  EXPECT_FALSE(check_target_input(bad).ok());
}

TEST(TargetInput, ParametersMayBePaths) {
  EXPECT_EQ(text_at("$.detail.name", kEnvelope), "a \"b\"");
  EXPECT_EQ(text_at("$.detail.n", kEnvelope), "7");
  EXPECT_EQ(text_at("plain", kEnvelope), "plain");
  EXPECT_EQ(text_at("$.detail.gone", kEnvelope), "");
}

}  // namespace
}  // namespace weir::events
