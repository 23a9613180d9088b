#include "policy/source_text.h"

#include <gtest/gtest.h>

#include "policy/scene.h"

namespace weir::policy {
namespace {

using Strings = std::vector<std::string>;

// The example in the documentation of `aws iam simulate-custom-policy`.
TEST(StatementSpans, CountLikeAwsSimulator) {
  auto spans = statement_spans(with_double_quotes(
      "{'Version':'2012-10-17','Statement':{'Effect':'Allow','Action':'dynamodb:*','Resource':'*','Condition':"
      "{'DateGreaterThan':{'aws:CurrentTime':'2018-08-16T12:00:00Z'}}}}"));
  ASSERT_EQ(spans.size(), 1u);
  EXPECT_EQ(spans[0].start, (Position{1, 38}));
  EXPECT_EQ(spans[0].end, (Position{1, 167}));
}

TEST(StatementSpans, CountLinesAndCharactersNotBytes) {
  auto spans = statement_spans("{ \"Id\" : \"}{[\\\"\",\n \"Statement\": [ {\"Sid\":\"é\"} ,\n  {} ] , \"x\":1}");
  ASSERT_EQ(spans.size(), 2u);
  EXPECT_EQ(spans[0].start, (Position{2, 18}));
  EXPECT_EQ(spans[0].end, (Position{2, 28}));
  EXPECT_EQ(spans[1].start, (Position{3, 4}));
  EXPECT_EQ(spans[1].end, (Position{3, 5}));
}

TEST(StatementSpans, FindAStatementThatIsSpeltWithEscapes) {
  EXPECT_EQ(statement_spans("{\"a\":[{}],\"\\u0053tatement\":{}}").size(), 1u);
}

TEST(StatementSpans, AreNoneInWhatIsNoDocument) {
  for (const auto* text : {"", "x", "[]", "{}", "{\"Statement\":", "\"Statement\"", "{\"Statement\":[]}"})
    EXPECT_TRUE(statement_spans(text).empty()) << text;
}

TEST(ContextKeys, AreThoseOfConditionsAndVariablesOnce) {
  auto text = with_double_quotes(
      "{'Version':'2012-10-17','Statement':[{'Effect':'Allow','Action':'s3:*',"
      "'Resource':'arn:aws:s3:::b/${aws:username}/${*}/${aws:PrincipalTag/Team, 'x'}',"
      "'Condition':{'StringEquals':{'aws:UserName':'${AWS:SourceIp}','s3:prefix':['a']}}}]}");
  // The default of a variable is in single quotes, which stay so in JSON.
  for (auto at = text.find("\"x\"}"); at != std::string::npos; at = text.find("\"x\"}")) text.replace(at, 3, "'x'");
  auto policy = load_policy(text, PolicyKind::identity);
  ASSERT_FALSE(policy->unreadable());
  EXPECT_EQ(context_keys(*policy), (Strings{"aws:UserName", "s3:prefix", "aws:PrincipalTag/Team", "AWS:SourceIp"}));
}

TEST(ContextKeys, AnOldVersionHasNoVariables) {
  auto policy = load_policy(
      document("{'Effect':'Allow','Action':'s3:*','Resource':'arn:aws:s3:::${aws:username}'}", "2008-10-17"),
      PolicyKind::identity);
  EXPECT_TRUE(context_keys(*policy).empty());
}

}  // namespace
}  // namespace weir::policy
