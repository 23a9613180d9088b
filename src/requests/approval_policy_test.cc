#include "requests/approval_policy.h"

#include <gtest/gtest.h>

namespace weir::requests {
namespace {

std::string document(const std::string& members) { return R"({"Version":"2026-11-01")" + members + "}"; }
std::string rule(const std::string& when, const std::string& then) {
  return document(R"(,"Rules":[{"When":{)" + when + R"(},"Then":{)" + then + "}}]");
}
std::string step(const std::string& members) { return rule("", R"("Require":[{)" + members + "}]"); }

TEST(ApprovalPolicy, TheEmptyOneDecidesBySensitivity) {
  auto policy = parse_approval_policy(document(""));
  ASSERT_TRUE(policy.ok());
  EXPECT_EQ(policy->otherwise, Otherwise::by_sensitivity);
  EXPECT_EQ(policy->on_new_sensitive, OnNewSensitive::announce);
  EXPECT_TRUE(policy->rules.empty());
}

TEST(ApprovalPolicy, EverythingThatIsWrittenIsRead) {
  auto policy = parse_approval_policy(document(
      R"(,"Otherwise":"DENY","OnNewSensitive":"REVOKE","Requesters":["444455556666"],
       "SensitiveTags":{"sensitivity":["pii"]},"Template":"two-step","RoleArn":"arn:aws:iam::111122223333:role/m",
       "Rules":[{"Name":"r","When":{"Databases":["sales*"],"Grantable":true,"LFTags":{"a":["b"]}},
       "Then":{"Require":[{"Name":"s","Approvers":["owner","a@example.org"],"Quorum":2,"TimeoutSeconds":60,
       "RemindEverySeconds":10,"EscalateTo":["steward"],"OnTimeout":"ESCALATE"}],"MaxDurationSeconds":5,
       "ExcludeColumns":["ssn"],"NoGrantOption":true,"PurposeRequired":true,"TicketRequired":true,
       "Template":"quorum"}}])"));
  ASSERT_TRUE(policy.ok()) << policy.error().says;
  EXPECT_EQ(policy->otherwise, Otherwise::deny);
  EXPECT_EQ(policy->on_new_sensitive, OnNewSensitive::revoke);
  EXPECT_EQ(policy->templates(), (std::vector<std::string>{"quorum", "two-step"}));
  const auto& then = policy->rules.at(0).then;
  EXPECT_EQ(then.require.at(0).quorum, 2);
  EXPECT_EQ(then.require.at(0).on_timeout, "ESCALATE");
  EXPECT_EQ(then.duration_s_max, 5);
  EXPECT_TRUE(then.no_grant_option && then.purpose_required && then.ticket_required);
  EXPECT_EQ(policy->rules[0].when.grantable, true);
}

TEST(ApprovalPolicy, WhatIsNotKnownOrNotInRangeIsRefusedWithItsPlace) {
  const std::pair<std::string, std::string> wrong[] = {
      {"", "not JSON"},
      {"{", "not JSON"},
      {"[]", "The document is not an object"},
      {"3", "The document is not an object"},
      {"{}", "Version"},
      {R"({"Version":1})", "Version"},
      {R"({"Version":"2012-10-17"})", "Version"},
      {document(R"(,"Version":"2026-11-01")"), "Version is there twice"},
      {document(R"(,"rules":[])"), "rules is not known"},
      {document(R"(,"Rules":[])"), "Rules is not a list"},
      {document(R"(,"Rules":{})"), "Rules is not a list"},
      {document(R"(,"Rules":[1])"), "Rules[0] is not an object"},
      {document(R"(,"Rules":[{}])"), "Rules[0].Then is missing"},
      {document(R"(,"Rules":[{"Then":{}},{"Then":{"X":1}}])"), "Rules[1].Then.X is not known"},
      {document(R"(,"Otherwise":"ALLOW")"), "Otherwise"},
      {document(R"(,"Otherwise":"deny")"), "Otherwise"},
      {document(R"(,"Otherwise":true)"), "Otherwise is not a text"},
      {document(R"(,"OnNewSensitive":"IGNORE")"), "OnNewSensitive"},
      {document(R"(,"Requesters":["12345678901"])"), "Requesters"},
      {document(R"(,"Requesters":["1234567890123"])"), "Requesters"},
      {document(R"(,"Requesters":["*"])"), "Requesters"},
      {document(R"(,"Requesters":[])"), "Requesters"},
      {document(R"(,"Requesters":"111122223333")"), "Requesters"},
      {document(R"(,"SensitiveTags":[])"), "SensitiveTags"},
      {document(R"(,"SensitiveTags":{})"), "SensitiveTags"},
      {document(R"(,"SensitiveTags":{"a":"b"})"), "SensitiveTags.a"},
      {document(R"(,"SensitiveTags":{"a":[]})"), "SensitiveTags.a"},
      {document(R"(,"SensitiveTags":{"a":[1]})"), "SensitiveTags.a[0]"},
      {document(R"(,"Template":"three-step","RoleArn":"r")"), "Template is no template"},
      {document(R"(,"Template":"quorum")"), "RoleArn is missing"},
      {document(R"(,"Template":"quorum","RoleArn":"r","StateMachineArn":"m")"), "exclude each other"},
      {document(R"(,"RoleArn":"")"), "RoleArn"},
      {rule(R"("Database":["x"])", ""), "Rules[0].When.Database is not known"},
      {rule(R"("Databases":"x")", ""), "Rules[0].When.Databases"},
      {rule(R"("Databases":[""])", ""), "Rules[0].When.Databases[0]"},
      {rule(R"("Databases":["a\u0000"])", ""), "Rules[0].When.Databases[0]"},
      {rule(R"("Tables":[null])", ""), "Rules[0].When.Tables[0]"},
      {rule(R"("Columns":{})", ""), "Rules[0].When.Columns"},
      {rule(R"("Parameters":["x"])", ""), "Rules[0].When.Parameters"},
      {rule(R"("LFTags":{"a":1})", ""), "Rules[0].When.LFTags.a"},
      {rule(R"("DataOwners":["me"])", ""), "Rules[0].When.DataOwners"},
      {rule(R"("Grantable":"true")", ""), "Rules[0].When.Grantable"},
      {rule(R"("Sensitive":1)", ""), "Rules[0].When.Sensitive"},
      {rule("", R"("AutoApprove":1)"), "Rules[0].Then.AutoApprove"},
      {rule("", R"("Deny":true)"), "Rules[0].Then.Deny"},
      {rule("", R"("Deny":"")"), "Rules[0].Then.Deny"},
      {rule("", R"("AutoApprove":true,"Deny":"x")"), "more than one"},
      {rule("", R"("Deny":"x","Require":[{"Name":"a","Approvers":["owner"]}])"), "more than one"},
      {rule("", R"("AutoApprove":true,"Require":[{"Name":"a","Approvers":["owner"]}])"), "more than one"},
      {rule("", R"("MaxDurationSeconds":0)"), "MaxDurationSeconds"},
      {rule("", R"("MaxDurationSeconds":-1)"), "MaxDurationSeconds"},
      {rule("", R"("MaxDurationSeconds":1.5)"), "MaxDurationSeconds"},
      {rule("", R"("MaxDurationSeconds":"60")"), "MaxDurationSeconds"},
      {rule("", R"("MaxDurationSeconds":99999999999)"), "MaxDurationSeconds"},
      {rule("", R"("ExcludeColumns":[])"), "ExcludeColumns"},
      {rule("", R"("Template":"x")"), "Rules[0].Then.Template"},
      {rule("", R"("Template":"quorum")"), "RoleArn is missing"},
      {rule("", R"("Require":[])"), "Require"},
      {step(""), "Require[0].Name is missing"},
      {step(R"("Name":"a")"), "Approvers is missing"},
      {step(R"("Name":"a","Approvers":[])"), "Approvers"},
      {step(R"("Name":"a","Approvers":["somebody"])"), "Approvers has one"},
      {step(R"("Name":"a","Approvers":["owner"],"Quorum":0)"), "Quorum"},
      {step(R"("Name":"a","Approvers":["owner"],"Quorum":21)"), "Quorum"},
      {step(R"("Name":"a","Approvers":["owner"],"Quorum":"all")"), "Quorum"},
      {step(R"("Name":"a","Approvers":["owner"],"TimeoutSeconds":0)"), "TimeoutSeconds"},
      {step(R"("Name":"a","Approvers":["owner"],"OnTimeout":"APPROVE")"), "OnTimeout"},
      {step(R"("Name":"a","Approvers":["owner"],"OnTimeout":"ESCALATE")"), "EscalateTo is missing"},
      {step(R"("Name":"a","Approvers":["owner"],"EscalateTo":["x"])"), "EscalateTo has one"},
      {step(R"("Name":"a","Approvers":["owner"],"Mode":"any")"), "Mode is not known"},
      {step(R"("Name":"a","Approvers":["owner"]},{"Name":"a","Approvers":["steward"])"), "two steps of one name"},
  };
  for (const auto& [text, says] : wrong) {
    auto policy = parse_approval_policy(text);
    ASSERT_FALSE(policy.ok()) << text;
    EXPECT_EQ(policy.error().kind, base::Kind::invalid);
    EXPECT_NE(policy.error().says.find(says), std::string::npos) << text << "\n" << policy.error().says;
  }
}

TEST(ApprovalPolicy, ItIsOnlySoLong) {
  EXPECT_FALSE(parse_approval_policy(document("") + std::string(kPolicyBytesMax, ' ')).ok());
  std::string rules;
  for (size_t i = 0; i <= kRulesMax; ++i) rules += std::string(i ? "," : "") + R"({"Then":{"Deny":"x"}})";
  EXPECT_FALSE(parse_approval_policy(document(R"(,"Rules":[)" + rules + "]")).ok());
}

}  // namespace
}  // namespace weir::requests
