#include "workflow/definition.h"

#include <gtest/gtest.h>

#include "workflow/case_files.h"
#include "workflow/limits.h"

namespace weir::workflow {
namespace {

ReadDefinition read(const std::string& text, MachineType type = MachineType::standard) {
  return parse_definition(text, type);
}

// [definition, the code and location of every diagnostic]
void expect_diagnostics(const std::string& table) {
  for (auto& row : case_rows(table)) {
    auto text = row[0].as_string() ? *row[0].as_string() : row[0].dump();
    SCOPED_TRACE(text);
    auto found = read(text);
    Json::Array shown;
    bool errors = false;
    for (auto& diagnostic : found.diagnostics) {
      shown.emplace_back(diagnostic.code + " " + diagnostic.location);
      errors = errors || diagnostic.severity == Diagnostic::Severity::error;
      EXPECT_FALSE(diagnostic.message.empty());
    }
    EXPECT_EQ(Json(shown).dump(), row[1].dump());
    EXPECT_EQ(found.definition != nullptr, !errors);
  }
}

TEST(Definition, HasTheDiagnosticsOfTheTable) { expect_diagnostics("definitions.json"); }

TEST(Definition, ThatIsWrongSaysWhatAndWhere) { expect_diagnostics("invalid.json"); }

TEST(Definition, IsRefusedInTheWordsOfCreateStateMachine) {
  auto found = read(R"({"StartAt":"A","States":{"A":{"Type":"Pass","Next":"B"}}})");
  EXPECT_EQ(
      refusal(found.diagnostics),
      "Invalid State Machine Definition: 'MISSING_TRANSITION_TARGET: Missing 'Next' target: B at /States/A/Next'");
}

TEST(Definition, OfMoreThanAMebibyteIsRefused) {
  auto text = R"({"StartAt":"A","Comment":")" + std::string(kDefinitionBytesMax, 'x') +
              R"(","States":{"A":{"Type":"Succeed"}}})";
  EXPECT_EQ(read(text).definition, nullptr);
}

TEST(Definition, NestsToABound) {
  std::string text = R"({"StartAt":"S","States":{"S":{"Type":"Succeed"}}})";
  for (int i = 0; i < 17; ++i) {
    auto name = "M" + std::to_string(i);
    text = R"({"StartAt":")" + name + R"(","States":{")" + name + R"(":{"Type":"Map","ItemProcessor":)" + text +
           R"(,"End":true}}})";
    EXPECT_EQ(read(text).definition != nullptr, i < 16) << i;
  }
  EXPECT_EQ(read(text).diagnostics.front().code, kTooDeeplyNested);
}

TEST(Definition, ExpressMachinesDoNotWait) {
  auto with = [](const std::string& resource) {
    return R"({"StartAt":"A","States":{"A":{"Type":"Task","Resource":")" + resource + R"(","End":true}}})";
  };
  for (auto* resource :
       {"arn:aws:states:::sqs:sendMessage.waitForTaskToken", "arn:aws:states:::states:startExecution.sync:2",
        "arn:aws:states:eu-west-1:111122223333:activity:a"}) {
    EXPECT_EQ(read(with(resource), MachineType::express).definition, nullptr) << resource;
    EXPECT_NE(read(with(resource)).definition, nullptr) << resource;
  }
  EXPECT_NE(read(with("arn:aws:states:::sqs:sendMessage"), MachineType::express).definition, nullptr);
}

TEST(TaskResource, IsParsedIntoItsParts) {
  auto parse = [](const char* text) { return *TaskResource::parse(text); };
  auto function = parse("arn:aws:lambda:eu-west-1:111122223333:function:f:live");
  EXPECT_EQ(function.kind, TaskResource::Kind::lambda_function);
  auto call = parse("arn:aws:states:::lambda:invoke.waitForTaskToken");
  EXPECT_EQ(call.service + "/" + call.operation, "lambda/invoke");
  EXPECT_EQ(call.pattern, TaskResource::Pattern::callback);
  EXPECT_EQ(call.type_name() + " " + call.resource_name(), "lambda invoke.waitForTaskToken");
  auto nested = parse("arn:aws:states:::states:startExecution.sync:2");
  EXPECT_EQ(nested.pattern, TaskResource::Pattern::sync_2);
  EXPECT_EQ(nested.resource_name(), "startExecution.sync:2");
  auto sdk = parse("arn:aws:states:::aws-sdk:lakeformation:grantPermissions");
  EXPECT_TRUE(sdk.aws_sdk);
  EXPECT_EQ(sdk.type_name() + " " + sdk.resource_name(), "aws-sdk:lakeformation grantPermissions");
  EXPECT_EQ(parse("arn:aws:states:::http:invoke").service, "http");
  EXPECT_EQ(parse("arn:aws:states:::events:putEvents").operation, "putEvents");
  auto activity = parse("arn:aws:states:eu-west-1:111122223333:activity:approve");
  EXPECT_EQ(activity.kind, TaskResource::Kind::activity);
  EXPECT_TRUE(activity.has_token());
  for (auto* text :
       {"", "x", "arn:aws:states:::lambda", "arn:aws:states:::lambda:", "arn:aws:states:::a:b:c", "arn:aws:s3:::b",
        "arn:aws:states:eu-west-1:111122223333:stateMachine:m", "arn:aws:states:::aws-sdk:glue",
        "arn:aws:states:::sns:pub lish", "arn:aws:lambda:eu-west-1:111122223333:function:", "arn:aws:states:::.sync"})
    EXPECT_FALSE(TaskResource::parse(text).ok()) << text;
}

TEST(Definition, NamesTheVariablesThatStatesRead) {
  auto found = read(R"j({"StartAt":"A","States":{
    "A":{"Type":"Pass","Assign":{"x":1},"Next":"B"},
    "B":{"Type":"Pass","Parameters":{"a.$":"$x.y","b":[{"c.$":"States.Array($z, $.w)"}]},"Next":"C"},
    "C":{"Type":"Choice","Choices":[{"Not":{"Variable":"$v","IsNull":true},"Next":"A"}],"Default":"D"},
    "D":{"Type":"Succeed"}}})j");
  ASSERT_NE(found.definition, nullptr) << refusal(found.diagnostics);
  auto references = variable_references(*found.definition);
  EXPECT_EQ(references, (std::map<std::string, std::vector<std::string>>{{"B", {"x", "z"}}, {"C", {"v"}}}));
}

}  // namespace
}  // namespace weir::workflow
