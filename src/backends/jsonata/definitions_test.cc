// Definitions in JSONata: what is refused, and what is told of those that are not.
#include <gtest/gtest.h>

#include "backends/jsonata/engine_fixture.h"
#include "workflow/definition.h"

namespace weir::backends::jsonata {
namespace {

workflow::ReadDefinition read(const std::string& states) {
  return workflow::parse_definition(R"({"QueryLanguage":"JSONata","StartAt":"A","States":)" + states + "}",
                                    workflow::MachineType::standard, &engine());
}

std::string first_fault(const std::string& states) {
  auto out = read(states);
  return out.diagnostics.empty() ? "" : out.diagnostics.front().location + " " + out.diagnostics.front().message;
}

TEST(Definitions, ExpressionsThatDoNotParseAreRefusedWhereTheyStand) {
  EXPECT_EQ(first_fault(R"({"A":{"Type":"Pass","Output":{"x":["{% 1 + %}"]},"End":true}})"),
            "/States/A/Output/x[0] S0207: Unexpected end of expression");
  EXPECT_TRUE(
      first_fault(R"({"A":{"Type":"Wait","Seconds":"{% ( %}","End":true}})").starts_with("/States/A/Seconds S"));
  EXPECT_TRUE(
      first_fault(R"({"A":{"Type":"Pass","Assign":{"v":"{% ) %}"},"End":true}})").starts_with("/States/A/Assign/v S"));
  EXPECT_TRUE(first_fault(R"({"A":{"Type":"Pass","Output":"{% 1","End":true}})")
                  .starts_with("/States/A/Output A JSONata expression ends with"));
  EXPECT_TRUE(first_fault(R"({"A":{"Type":"Choice","Choices":[{"Condition":"{% a[ %}","Next":"B"}]},
                              "B":{"Type":"Succeed"}})")
                  .starts_with("/States/A/Choices[0]/Condition S"));
}

TEST(Definitions, FieldsOfTheOtherLanguageAreRefused) {
  for (auto* field : {R"("InputPath":"$")", R"("OutputPath":"$")", R"("ResultPath":"$")", R"("Parameters":{})",
                      R"("ResultSelector":{})", R"("TimeoutSecondsPath":"$.a")", R"("HeartbeatSecondsPath":"$.a")"}) {
    auto states =
        R"({"A":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke",)" + std::string(field) + R"(,"End":true}})";
    EXPECT_NE(first_fault(states).find("/States/A/"), std::string::npos) << field;
  }
  EXPECT_NE(first_fault(R"({"A":{"Type":"Pass","Result":1,"End":true}})"), "");
  EXPECT_NE(first_fault(R"({"A":{"Type":"Wait","SecondsPath":"$.a","End":true}})"), "");
  EXPECT_NE(first_fault(R"({"A":{"Type":"Fail","CausePath":"$.a"}})"), "");
}

TEST(Definitions, EachStateTellsTheVariablesItReads) {
  auto out = read(R"({
    "A":{"Type":"Pass","Assign":{"n":"{% $states.input.n %}","m":1},"Next":"B"},
    "B":{"Type":"Choice","Choices":[{"Condition":"{% $n > $m %}","Next":"C","Output":"{% $m %}"}],"Default":"C"},
    "C":{"Type":"Map","Items":"{% [1..$n] %}","ItemProcessor":{"StartAt":"D","States":{
      "D":{"Type":"Pass","Output":"{% $map([1], function($v) { $v * $m }) %}","End":true}}},"End":true}})");
  ASSERT_NE(out.definition, nullptr) << refusal(out.diagnostics);
  std::map<std::string, std::vector<std::string>> expected{{"B", {"m", "n"}}, {"C", {"n"}}, {"D", {"m"}}};
  EXPECT_EQ(workflow::variable_references(*out.definition), expected);
}

}  // namespace
}  // namespace weir::backends::jsonata
