#include "requests/policy_outcome.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace weir::requests {
namespace {

constexpr const char* kOwnersTopicArn = "arn:aws:sns:us-east-1:222233334444:DataLakeSharingApproval";

CatalogFacts orders() {
  return {"sales",
          {{"data_owner", "222233334444"}, {"env", "prod"}},
          {{"area", "eu"}},
          {{"orders",
            {{"class", "internal"}},
            {{"area", "eu"}, {"level", "low"}},
            {{"id", {}, {{"area", "eu"}, {"level", "low"}}},
             {"email", {{"kind", "contact"}}, {{"area", "eu"}, {"level", "high"}}}}}}};
}

CatalogFacts whole() {
  auto facts = orders();
  facts.tables.push_back({"public_items", {{"class", "public"}}, {{"area", "us"}}, {{"sku", {}, {{"area", "us"}}}}});
  return facts;
}

AskedItem table_item() { return {"sales", "orders", {}, "", {"SELECT", "DESCRIBE"}, false}; }
AskedItem whole_item() { return {"sales", "*", {}, "", {"SELECT", "DESCRIBE"}, false}; }

ApprovalPolicy policy_of(const std::string& members) {
  auto policy = parse_approval_policy(R"({"Version":"2026-11-01","Otherwise":"ASK_OWNER")" + members + "}");
  if (!policy.ok()) throw std::runtime_error(policy.error().says);
  return std::move(*policy);
}
std::string rules(const std::string& rules) { return R"(,"Rules":[)" + rules + "]"; }
std::string when(const std::string& selector, const std::string& then) {
  return R"({"When":{)" + selector + R"(},"Then":{)" + then + "}}";
}

PolicyOutcome decide(const ApprovalPolicy& policy, const AskedItem& item, const CatalogFacts& facts,
                     const std::string& target = "444455556666") {
  return decide_item(policy, item, facts, {target, "us-east-1"});
}

// Whether a selector holds: for a rule that approves, and for one that denies.
struct Case {
  const char* selector;
  bool approves_table, denies_table;
  bool approves_whole, denies_whole;
};

// The whole database has orders and public_items; tables to come are part of it.
constexpr Case kCases[] = {
    {R"()", true, true, true, true},
    {R"("Databases":["sales"])", true, true, true, true},
    {R"("Databases":["SALES"])", true, true, true, true},
    {R"("Databases":["s*"])", true, true, true, true},
    {R"("Databases":["s?les"])", true, true, true, true},
    {R"("Databases":["hr","sales"])", true, true, true, true},
    {R"("Databases":["sale"])", false, false, false, false},
    {R"("Databases":["hr"])", false, false, false, false},
    {R"("Databases":["*"])", true, true, true, true},
    {R"("Tables":["orders"])", true, true, false, true},
    {R"("Tables":["ORDERS"])", true, true, false, true},
    {R"("Tables":["public_*"])", false, false, false, true},
    {R"("Tables":["orders","public_items"])", true, true, false, true},
    {R"("Tables":["*"])", true, true, true, true},
    {R"("Tables":["secret"])", false, false, false, false},
    {R"("Tables":["?rders"])", true, true, false, true},
    {R"("Databases":["sales"],"Tables":["orders"])", true, true, false, true},
    {R"("Databases":["hr"],"Tables":["orders"])", false, false, false, false},
    {R"("Columns":["*"])", true, true, true, true},
    {R"("Columns":["id"])", false, true, false, true},
    {R"("Columns":["id","email"])", true, true, false, true},
    {R"("Columns":["sku"])", false, false, false, true},
    {R"("Columns":["id","email","sku"])", true, true, false, true},
    {R"("Columns":["EMAIL"])", false, true, false, true},
    {R"("Columns":["ssn"])", false, false, false, false},
    {R"("Parameters":{"env":["prod"]})", true, true, true, true},
    {R"("Parameters":{"ENV":["PROD"]})", true, true, true, true},
    {R"("Parameters":{"env":["p*"]})", true, true, true, true},
    {R"("Parameters":{"env":["test"]})", false, false, false, false},
    {R"("Parameters":{"env":["test","prod"]})", true, true, true, true},
    {R"("Parameters":{"class":["internal"]})", true, true, false, true},
    {R"("Parameters":{"class":["public"]})", false, false, false, true},
    {R"("Parameters":{"class":["public","internal"]})", true, true, false, true},
    {R"("Parameters":{"kind":["contact"]})", false, true, false, true},
    {R"("Parameters":{"env":["prod"],"class":["internal"]})", true, true, false, true},
    {R"("Parameters":{"env":["prod"],"class":["secret"]})", false, false, false, false},
    {R"("Parameters":{"absent":["*"]})", false, false, false, false},
    {R"("LFTags":{"area":["eu"]})", true, true, false, true},
    {R"("LFTags":{"area":["EU"]})", true, true, false, true},
    {R"("LFTags":{"area":["us"]})", false, false, false, true},
    {R"("LFTags":{"area":["eu","us"]})", true, true, true, true},
    {R"("LFTags":{"level":["low"]})", false, true, false, true},
    {R"("LFTags":{"level":["high"]})", false, true, false, true},
    {R"("LFTags":{"level":["low","high"]})", true, true, false, true},
    {R"("LFTags":{"area":["eu"],"level":["none"]})", false, false, false, false},
    {R"("DataOwners":["222233334444"])", true, true, true, true},
    {R"("DataOwners":["111122223333"])", false, false, false, false},
    {R"("DataOwners":["111122223333","222233334444"])", true, true, true, true},
    {R"("Permissions":["SELECT"])", false, true, false, true},
    {R"("Permissions":["SELECT","DESCRIBE"])", true, true, true, true},
    {R"("Permissions":["select","d*"])", true, true, true, true},
    {R"("Permissions":["INSERT"])", false, false, false, false},
    {R"("Permissions":["*"])", true, true, true, true},
    {R"("Targets":["444455556666"])", true, true, true, true},
    {R"("Targets":["4444*"])", true, true, true, true},
    {R"("Targets":["555566667777"])", false, false, false, false},
    {R"("Targets":["arn:aws:iam::444455556666:*"])", false, false, false, false},
    {R"("Grantable":false)", true, true, true, true},
    {R"("Grantable":true)", false, false, false, false},
    {R"("Sensitive":false)", true, true, true, true},
    {R"("Sensitive":true)", false, false, false, false},
    {R"("Sensitive":false,"Grantable":false,"Databases":["sales"])", true, true, true, true},
    {R"("Sensitive":false,"Grantable":true,"Databases":["sales"])", false, false, false, false},
};

TEST(PolicyOutcome, ARuleThatApprovesHoldsForAllAndOneThatDeniesForSome) {
  for (const auto& one : kCases) {
    auto approving = policy_of(rules(when(one.selector, R"("AutoApprove":true)")));
    auto denying = policy_of(rules(when(one.selector, R"("Deny":"no")")));
    auto asking = policy_of(rules(when(one.selector, R"("Require":[{"Name":"dpo","Approvers":["d@example.org"]}])")));
    EXPECT_EQ(decide(approving, table_item(), orders()).is(Verdict::auto_approve), one.approves_table) << one.selector;
    EXPECT_EQ(decide(denying, table_item(), orders()).is(Verdict::deny), one.denies_table) << one.selector;
    EXPECT_EQ(decide(approving, whole_item(), whole()).is(Verdict::auto_approve), one.approves_whole) << one.selector;
    EXPECT_EQ(decide(denying, whole_item(), whole()).is(Verdict::deny), one.denies_whole) << one.selector;
    // Who is asked is a restriction, too.
    EXPECT_EQ(decide(asking, whole_item(), whole()).steps.at(0).name == "dpo", one.denies_whole) << one.selector;
  }
}

TEST(PolicyOutcome, SelectorsLookAtTheColumnsThatAreAskedFor) {
  auto item = table_item();
  item.columns = {{"id"}, true};
  auto approving = policy_of(rules(when(R"("Columns":["id"])", R"("AutoApprove":true)")));
  EXPECT_TRUE(decide(approving, item, orders()).is(Verdict::auto_approve));
  auto low = policy_of(rules(when(R"("LFTags":{"level":["low"]})", R"("AutoApprove":true)")));
  EXPECT_TRUE(decide(low, item, orders()).is(Verdict::auto_approve));
  auto denying = policy_of(rules(when(R"("Columns":["email"])", R"("Deny":"no")")));
  EXPECT_FALSE(decide(denying, item, orders()).is(Verdict::deny));
  item.columns = {{"id"}, false};
  EXPECT_TRUE(decide(denying, item, orders()).is(Verdict::deny));
}

TEST(PolicyOutcome, DenyWinsWhereverItStands) {
  auto policy = policy_of(rules(when("", R"("AutoApprove":true)") + "," + when("", R"("Deny":"closed")")));
  auto outcome = decide(policy, table_item(), orders());
  EXPECT_TRUE(outcome.is(Verdict::deny));
  EXPECT_EQ(outcome.because.back(), "rule 2: closed");
  auto after_steps = policy_of(
      rules(when("", R"("Require":[{"Name":"a","Approvers":["owner"]}])") + "," + when("", R"("Deny":"closed")")));
  EXPECT_TRUE(decide(after_steps, table_item(), orders()).steps.empty());
}

TEST(PolicyOutcome, TheFirstRuleThatSaysSoDecides) {
  auto ask = when("", R"("Require":[{"Name":"a","Approvers":["owner"]}])");
  auto approve = when("", R"("AutoApprove":true)");
  EXPECT_TRUE(decide(policy_of(rules(ask + "," + approve)), table_item(), orders()).is(Verdict::ask));
  EXPECT_TRUE(decide(policy_of(rules(approve + "," + ask)), table_item(), orders()).is(Verdict::auto_approve));
}

TEST(PolicyOutcome, LimitsOfAllRulesCountTogether) {
  auto policy =
      policy_of(rules(when("", R"("MaxDurationSeconds":100,"PurposeRequired":true,"ExcludeColumns":["a"])") + "," +
                      when("", R"("MaxDurationSeconds":50,"NoGrantOption":true,"ExcludeColumns":["b","a"])") + "," +
                      when(R"("Databases":["hr"])", R"("MaxDurationSeconds":1,"TicketRequired":true)") + "," +
                      when("", R"("AutoApprove":true,"MaxDurationSeconds":70)")));
  auto outcome = decide(policy, table_item(), orders());
  EXPECT_TRUE(outcome.is(Verdict::auto_approve));
  EXPECT_EQ(outcome.duration_s_max, 50);
  EXPECT_EQ(outcome.exclude_columns, (std::vector<std::string>{"a", "b"}));
  EXPECT_TRUE(outcome.purpose_required && outcome.no_grant_option);
  EXPECT_FALSE(outcome.ticket_required);
}

TEST(PolicyOutcome, WhatNoRuleDecidesIsOtherwise) {
  auto facts = orders();
  auto by_sensitivity = parse_approval_policy(R"({"Version":"2026-11-01"})").value();
  EXPECT_TRUE(decide(by_sensitivity, table_item(), facts).is(Verdict::auto_approve));
  facts.tables[0].columns[0].parameters["pii_flag"] = "TRUE";
  auto outcome = decide(by_sensitivity, table_item(), facts);
  EXPECT_TRUE(outcome.is(Verdict::ask));
  EXPECT_EQ(outcome.steps.at(0).approvers, std::vector<std::string>{kOwnersTopicArn});
  EXPECT_TRUE(decide(policy_of(""), table_item(), orders()).is(Verdict::ask));
  auto closed = parse_approval_policy(R"({"Version":"2026-11-01","Otherwise":"DENY"})").value();
  EXPECT_TRUE(decide(closed, table_item(), orders()).is(Verdict::deny));
}

TEST(PolicyOutcome, ADefaultOutcomeAndNoItemsDeny) {
  EXPECT_TRUE(PolicyOutcome().is(Verdict::deny));
  EXPECT_TRUE(strictest({}).is(Verdict::deny));
  auto nothing = table_item();
  nothing.permissions.clear();
  EXPECT_TRUE(
      decide(parse_approval_policy(R"({"Version":"2026-11-01"})").value(), nothing, orders()).is(Verdict::deny));
}

struct WordsCase {
  const char* key;
  const char* value;
  bool readable;
};
constexpr WordsCase kWords[] = {
    {"data_owner", "222233334444", true},
    {"data_owner", "22223333444", false},
    {"data_owner", "2222333344445", false},
    {"data_owner", "22223333444x", false},
    {"data_owner", "", false},
    {"data_owner", " 222233334444", false},
    {"approvers", "a@example.org", true},
    {"approvers", "a@example.org, arn:aws:iam::111122223333:role/x", true},
    {"approvers", "channel:team", true},
    {"approvers", "", false},
    {"approvers", "somebody", false},
    {"approvers", "a@example.org,,b@example.org", false},
    {"approvers", "a@example.org,", false},
    {"approval_quorum", "1", true},
    {"approval_quorum", " 2 ", true},
    {"approval_quorum", "20", true},
    {"approval_quorum", "0", false},
    {"approval_quorum", "21", false},
    {"approval_quorum", "-1", false},
    {"approval_quorum", "two", false},
    {"approval_quorum", "", false},
    {"approval_quorum", "1.5", false},
    {"approval_quorum", "99999999999999999999", false},
    {"approval_timeout_hours", "1", true},
    {"approval_timeout_hours", "8760", true},
    {"approval_timeout_hours", "8761", false},
    {"approval_timeout_hours", "0", false},
    {"approval_timeout_hours", "soon", false},
    {"max_grant_days", "30", true},
    {"max_grant_days", "3650", true},
    {"max_grant_days", "3651", false},
    {"max_grant_days", "0", false},
    {"max_grant_days", "forever", false},
};

TEST(PolicyOutcome, WhatADatabaseSaysAndCannotBeReadDenies) {
  for (const auto& one : kWords) {
    auto facts = orders();
    facts.parameters[one.key] = one.value;
    EXPECT_EQ(decide(policy_of(""), table_item(), facts).is(Verdict::ask), one.readable) << one.key << '=' << one.value;
  }
  auto nobody = orders();
  nobody.parameters.clear();
  EXPECT_TRUE(decide(policy_of(""), table_item(), nobody).is(Verdict::deny));
  auto steward = policy_of(rules(when("", R"("Require":[{"Name":"s","Approvers":["steward"]}])")));
  EXPECT_TRUE(decide(steward, table_item(), orders()).is(Verdict::deny));
}

TEST(PolicyOutcome, TheDatabaseSettlesWhatAStepLeavesOpen) {
  auto facts = orders();
  facts.parameters["approvers"] = "a@example.org, b@example.org";
  facts.parameters["steward"] = "s@example.org";
  facts.parameters["approval_quorum"] = "2";
  facts.parameters["approval_timeout_hours"] = "3";
  facts.parameters["max_grant_days"] = "2";
  auto policy = policy_of(rules(when("", R"("Require":[{"Name":"o","Approvers":["owner"]},
      {"Name":"s","Approvers":["steward","owner"],"Quorum":1,"TimeoutSeconds":9}])")));
  auto outcome = decide(policy, table_item(), facts);
  ASSERT_EQ(outcome.steps.size(), 2u);
  EXPECT_EQ(outcome.steps[0].approvers, (std::vector<std::string>{"a@example.org", "b@example.org"}));
  EXPECT_EQ(outcome.steps[0].quorum, 2);
  EXPECT_EQ(outcome.steps[0].timeout_s, 3 * 3600);
  EXPECT_EQ(outcome.steps[1].approvers, (std::vector<std::string>{"s@example.org", "a@example.org", "b@example.org"}));
  EXPECT_EQ(outcome.steps[1].quorum, 1);
  EXPECT_EQ(outcome.steps[1].timeout_s, 9);
  EXPECT_EQ(outcome.duration_s_max, 2 * 24 * 3600);
}

TEST(PolicyOutcome, OfSeveralItemsTheStrictestHoldsWithEveryStep) {
  auto open = parse_approval_policy(R"({"Version":"2026-11-01"})").value();
  auto other = orders();
  other.database = "hr";
  other.parameters = {{"data_owner", "333344445555"}, {"pii_flag", "true"}};
  auto mine = orders();
  mine.parameters["pii_flag"] = "true";
  auto outcome = strictest({decide(open, table_item(), orders()), decide(open, table_item(), mine),
                            decide(open, table_item(), mine), decide(open, table_item(), other)});
  EXPECT_TRUE(outcome.is(Verdict::ask));
  ASSERT_EQ(outcome.steps.size(), 2u) << "each owner is asked, once";
  EXPECT_EQ(outcome.steps[0].name, "owner");
  EXPECT_EQ(outcome.steps[1].name, "owner 2");
  EXPECT_NE(outcome.steps[0].approvers, outcome.steps[1].approvers);
  auto denied = strictest({outcome, PolicyOutcome()});
  EXPECT_TRUE(denied.is(Verdict::deny));
  EXPECT_TRUE(denied.steps.empty());
}

TEST(PolicyOutcome, StricterIsADenialOrAQuestionThatWasNotAsked) {
  auto open = parse_approval_policy(R"({"Version":"2026-11-01"})").value();
  auto facts = orders();
  auto before = decide(open, table_item(), facts);
  EXPECT_FALSE(is_stricter(before, before));
  facts.parameters["pii_flag"] = "true";
  auto asked = decide(open, table_item(), facts);
  EXPECT_TRUE(is_stricter(asked, before));
  EXPECT_FALSE(is_stricter(before, asked));
  EXPECT_FALSE(is_stricter(asked, asked));
  EXPECT_TRUE(is_stricter(PolicyOutcome(), asked));
  auto more = asked;
  more.steps[0].quorum = 2;
  EXPECT_TRUE(is_stricter(more, asked));
  auto others = asked;
  others.steps[0].approvers = {"x@example.org"};
  EXPECT_TRUE(is_stricter(others, asked)) << "the data has another owner now";
}

TEST(PolicyOutcome, ColumnsAreLeftOutByGlob) {
  TableFacts table{"t", {}, {}, {{"id", {}, {}}, {"ssn", {}, {}}, {"ssn_hash", {}, {}}}};
  EXPECT_EQ(without_excluded({}, table, {"SSN*"}), (ColumnChoice{{"ssn", "ssn_hash"}, false}));
  EXPECT_EQ(without_excluded({{"id", "ssn"}, true}, table, {"ssn"}), (ColumnChoice{{"id"}, true}));
  EXPECT_EQ(without_excluded({{"ssn"}, true}, table, {"*"}), (ColumnChoice{{}, true}));
  EXPECT_EQ(without_excluded({{"ssn"}, false}, table, {"ssn"}), (ColumnChoice{{"ssn"}, false}));
  EXPECT_TRUE(without_excluded({}, table, {}).is_all());
}

}  // namespace
}  // namespace weir::requests
