#include <gtest/gtest.h>

#include <set>

#include "workflow/case_files.h"
#include "workflow/definition.h"

namespace weir::workflow {
namespace {

ReadDefinition with_rule(Json rule) {
  rule.set("Next", "E");
  auto end = *base::parse_json(R"({"Type":"Succeed"})");
  Json choice =
      Json::object().set("Type", "Choice").set("Choices", Json(Json::Array{std::move(rule)})).set("Default", "E");
  Json states = Json::object().set("C", std::move(choice)).set("E", std::move(end));
  return parse_definition(Json::object().set("StartAt", "C").set("States", std::move(states)).dump(),
                          MachineType::standard);
}

// [rule, input, whether it matches]; without the last the state fails; alone the definition is refused.
TEST(Choice, MatchesAsTheTableSays) {
  CaseScope scope;
  for (auto& row : case_rows("choices.json")) {
    SCOPED_TRACE(row[0].dump());
    auto read = with_rule(row[0]);
    ASSERT_EQ(read.definition != nullptr, row.size() > 1) << refusal(read.diagnostics);
    if (!read.definition) continue;
    auto match = matches(read.definition->state("C").choices[0].rule, scope.on(row[1]));
    ASSERT_EQ(match.ok(), row.size() == 3);
    if (match.ok()) {
      EXPECT_EQ(*match, *row[2].as_bool());
    }
  }
}

TEST(Choice, EveryOperatorStandsInTheTable) {
  std::set<std::string> seen;
  for (auto& row : case_rows("choices.json"))
    if (row.size() == 3 && row[0].find("Variable"))
      for (auto& [name, value] : *row[0].as_object()) seen.insert(name);
  for (auto* type : {"Numeric", "String", "Timestamp"})
    for (auto* test : {"Equals", "LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals"})
      for (auto* path : {"", "Path"})
        EXPECT_TRUE(seen.contains(std::string(type) + test + path)) << type << test << path;
  for (auto* name : {"BooleanEquals", "BooleanEqualsPath", "StringMatches", "IsNull", "IsPresent", "IsNumeric",
                     "IsString", "IsBoolean", "IsTimestamp"})
    EXPECT_TRUE(seen.contains(name)) << name;
}

TEST(Choice, RulesDoNotNestWithoutEnd) {
  Json rule = *base::parse_json(R"({"Variable":"$.x","IsNull":true})");
  for (int i = 0; i < 40; ++i) rule = Json::object().set("Not", std::move(rule));
  EXPECT_EQ(with_rule(std::move(rule)).definition, nullptr);
}

}  // namespace
}  // namespace weir::workflow
