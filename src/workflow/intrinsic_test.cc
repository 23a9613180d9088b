#include "workflow/intrinsic.h"

#include <gtest/gtest.h>

#include "workflow/case_files.h"
#include "workflow/limits.h"
#include "workflow/payload_template.h"
#include "workflow/states_error.h"

namespace weir::workflow {
namespace {

// [expression, input, value]; without the last it fails; alone it is no expression.
TEST(Intrinsic, GivesWhatTheTableSays) {
  CaseScope scope;
  for (auto& row : case_rows("intrinsics.json")) {
    SCOPED_TRACE(row[0].dump());
    auto expression = Expression::parse(*row[0].as_string());
    ASSERT_EQ(expression.ok(), row.size() > 1) << (expression.ok() ? "" : expression.error().says);
    if (!expression.ok()) continue;
    auto value = evaluate(*expression, scope.on(row[1]));
    ASSERT_EQ(value.ok(), row.size() == 3);
    if (value.ok()) {
      EXPECT_EQ(value->dump(), row[2].dump());
    } else {
      EXPECT_TRUE(value.error().about == kIntrinsicFailure || value.error().about == kRuntime) << value.error().about;
    }
  }
}

TEST(Intrinsic, EveryFunctionStandsInTheTable) {
  std::string all;
  for (auto& row : case_rows("intrinsics.json")) all += *row[0].as_string();
  EXPECT_EQ(all_intrinsics().size(), 18u);
  for (auto& intrinsic : all_intrinsics())
    EXPECT_NE(all.find("States." + std::string(intrinsic.name) + "("), std::string::npos) << intrinsic.name;
}

Json drawn(const char* text, const std::string& seed) {
  CaseScope scope;
  scope.entropy = Entropy(seed);
  Json input = Json::object();
  return *evaluate(*Expression::parse(text), scope.on(input));
}

TEST(Intrinsic, ChanceComesFromTheStepsSeedOnly) {
  EXPECT_EQ(drawn("States.UUID()", "a"), drawn("States.UUID()", "a"));
  EXPECT_NE(drawn("States.UUID()", "a"), drawn("States.UUID()", "b"));
  EXPECT_EQ(drawn("States.UUID()", "a").as_string()->at(14), '4');
  EXPECT_EQ(drawn("States.MathRandom(0, 1000000, 7)", "a"), drawn("States.MathRandom(0, 1000000, 7)", "b"));
  for (int i = 0; i < 200; ++i) {
    auto value = *drawn("States.MathRandom(-2, 3)", std::to_string(i)).as_int();
    EXPECT_TRUE(value >= -2 && value < 3);
  }
}

TEST(Intrinsic, LongTextsAreRefused) {
  CaseScope scope;
  Json input = Json::object().set("t", std::string(kIntrinsicTextMax + 1, 'x'));
  for (auto* text : {"States.Base64Encode($.t)", "States.Base64Decode($.t)", "States.Hash($.t, 'MD5')"})
    EXPECT_FALSE(evaluate(*Expression::parse(text), scope.on(input)).ok()) << text;
}

TEST(Intrinsic, ArgumentsTogetherAreBounded) {
  CaseScope scope;
  Json input = Json::object().set("t", std::string(kIntrinsicBytesMax / 2, 'x'));
  EXPECT_FALSE(evaluate(*Expression::parse("States.Array($.t, $.t, $.t)"), scope.on(input)).ok());
}

TEST(Template, FillsFieldsThatEndInDollarAndNoOthers) {
  CaseScope scope;
  auto input = *parse_payload(R"({"a":[1,2]})");
  auto json = *base::parse_json(
      R"j({"x.$":"$.a[0]","y":"$.a","l":[{"z.$":"$$.Execution.Name"},1],"u.$":"States.ArrayLength($.a)"})j");
  auto read = read_template(json, QueryLanguage::jsonpath, nullptr);
  ASSERT_TRUE(read.faults.empty());
  EXPECT_EQ(evaluate(read.value, scope.on(input))->dump(), R"({"x":1,"y":"$.a","l":[{"z":"run"},1],"u":2})");
}

TEST(Template, TellsEveryFaultAndItsPlace) {
  auto json = *base::parse_json(R"({"a.$":"oops","b":[{"c.$":1}],"d":1,"d.$":"$.x"})");
  auto read = read_template(json, QueryLanguage::jsonpath, nullptr);
  ASSERT_EQ(read.faults.size(), 3u);
  EXPECT_EQ(read.faults[0].place, "/a.$");
  EXPECT_EQ(read.faults[1].place, "/b[0]/c.$");
  EXPECT_EQ(read.faults[2].place, "/d.$");
}

TEST(Template, AMissingPathNamesFieldAndInput) {
  CaseScope scope;
  auto input = *parse_payload(R"({"a":1})");
  auto read = read_template(*base::parse_json(R"({"b.$":"$.c"})"), QueryLanguage::jsonpath, nullptr);
  auto value = evaluate(read.value, scope.on(input));
  ASSERT_FALSE(value.ok());
  EXPECT_EQ(value.error().says,
            "The JSONPath '$.c' specified for the field 'b.$' could not be found in the input '{\"a\":1}'");
  EXPECT_EQ(value.error().about, kRuntime);
}

TEST(Template, StopsWhenItGrowsBeyondAPayload) {
  CaseScope scope;
  Json input = Json::object().set("t", std::string(kPayloadBytesMax / 4, 'x'));
  Json json = Json::object();
  for (int i = 0; i < 10'000; ++i) json.as_object()->emplace_back("f" + std::to_string(i) + ".$", "$.t");
  auto read = read_template(json, QueryLanguage::jsonpath, nullptr);
  EXPECT_EQ(evaluate(read.value, scope.on(input)).error().about, kDataLimitExceeded);
}

}  // namespace
}  // namespace weir::workflow
