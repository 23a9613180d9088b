#include "policy/principal.h"

#include <gtest/gtest.h>

#include "base/json.h"
#include "policy/scene.h"

namespace weir::policy {
namespace {

PrincipalMatch match(std::string_view element, const Caller& caller, bool inverted = false, bool for_deny = false) {
  auto json = base::parse_json(with_double_quotes(element));
  EXPECT_TRUE(json.ok()) << element;
  auto rule = PrincipalRule::parse(*json, inverted);
  EXPECT_TRUE(rule.ok()) << element;
  return rule.ok() ? rule->match(caller, for_deny) : PrincipalMatch::none;
}

Caller identity_holder(std::string_view provider) {
  Caller out;
  out.kind = PrincipalKind::federated_identity;
  out.provider = provider;
  return out;
}

constexpr std::string_view kSaml = "arn:aws:iam::111111111111:saml-provider/okta";

}  // namespace

TEST(Principal, EveryFormMatchesWhomItNames) {
  struct Row {
    std::string_view element;
    Caller caller;
    PrincipalMatch expected;
  };
  auto bob = user_caller(kHome, "bob");
  const Row rows[] = {
      {"'*'", Caller{}, PrincipalMatch::anyone},
      {"{'AWS':'*'}", user_caller(), PrincipalMatch::anyone},
      {"{'AWS':'111111111111'}", user_caller(), PrincipalMatch::account},
      {"{'AWS':'arn:aws:iam::111111111111:root'}", session_caller(), PrincipalMatch::account},
      {"{'AWS':'arn:aws:iam::111111111111:root'}", root_caller(), PrincipalMatch::account},
      {"{'AWS':'222222222222'}", user_caller(), PrincipalMatch::none},
      {"{'AWS':'111111111111'}", service_caller(), PrincipalMatch::none},
      {"{'AWS':'111111111111'}", Caller{}, PrincipalMatch::none},
      {"{'AWS':'arn:aws:iam::111111111111:user/ana'}", user_caller(), PrincipalMatch::exact},
      {"{'AWS':'arn:aws:iam::111111111111:user/Ana'}", user_caller(), PrincipalMatch::none},
      {"{'AWS':'arn:aws:iam::111111111111:user/team/ana'}", user_caller(), PrincipalMatch::none},
      {"{'AWS':'arn:aws:iam::111111111111:user/ana'}", federated_caller(), PrincipalMatch::behind},
      {"{'AWS':'arn:aws:iam::111111111111:role/engine'}", session_caller(), PrincipalMatch::behind},
      {"{'AWS':'arn:aws:iam::111111111111:role/other'}", session_caller(), PrincipalMatch::none},
      {"{'AWS':'arn:aws:sts::111111111111:assumed-role/engine/s1'}", session_caller(), PrincipalMatch::exact},
      {"{'AWS':'arn:aws:sts::111111111111:assumed-role/engine/s2'}", session_caller(), PrincipalMatch::none},
      {"{'AWS':'arn:aws:sts::111111111111:federated-user/fed'}", federated_caller(), PrincipalMatch::exact},
      {"{'AWS':'AIDA0000000000000ANA'}", user_caller(), PrincipalMatch::exact},
      {"{'AWS':'AIDA0000000000000ANA'}", federated_caller(), PrincipalMatch::behind},
      {"{'AWS':'AIDA0000000000000ANA'}", bob, PrincipalMatch::none},
      {"{'AWS':'AROA0000000000000ENGINE'}", session_caller(), PrincipalMatch::behind},
      {"{'Service':'lakeformation.amazonaws.com'}", service_caller(), PrincipalMatch::exact},
      {"{'Service':['ec2.amazonaws.com','lakeformation.amazonaws.com']}", service_caller(), PrincipalMatch::exact},
      {"{'Service':'ec2.amazonaws.com'}", service_caller(), PrincipalMatch::none},
      {"{'Federated':'arn:aws:iam::111111111111:saml-provider/okta'}", identity_holder(kSaml), PrincipalMatch::exact},
      {"{'Federated':'arn:aws:iam::111111111111:saml-provider/other'}", identity_holder(kSaml), PrincipalMatch::none},
      {"{'Federated':'cognito-identity.amazonaws.com'}", identity_holder("cognito-identity.amazonaws.com"),
       PrincipalMatch::exact},
      {"{'AWS':['222222222222','111111111111','arn:aws:iam::111111111111:user/ana']}", user_caller(),
       PrincipalMatch::exact},
      {"{'Service':'ec2.amazonaws.com','AWS':'111111111111'}", user_caller(), PrincipalMatch::account},
  };
  for (auto& row : rows) EXPECT_EQ(match(row.element, row.caller), row.expected) << row.element << row.caller.arn;
}

TEST(Principal, PartialWildcardsAndStrangeFormsAreRefused) {
  for (std::string_view element : {"'**'",
                                   "'111111111111'",
                                   "{}",
                                   "[]",
                                   "null",
                                   "{'AWS':[]}",
                                   "{'AWS':{}}",
                                   "{'AWS':[['*']]}",
                                   "{'AWS':7}",
                                   "{'AWS':'arn:aws:iam::111111111111:user/*'}",
                                   "{'AWS':'arn:aws:iam::*:root'}",
                                   "{'AWS':'arn:aws:iam::111111111111:role/a?c'}",
                                   "{'AWS':'1111*'}",
                                   "{'AWS':'arn:aws:sts::111111111111:assumed-role/engine/*'}",
                                   "{'AWS':'arn:aws:sts::111111111111:assumed-role/engine'}",
                                   "{'AWS':'arn:aws:sts::111111111111:assumed-role/path/engine/s1'}",
                                   "{'AWS':'arn:aws:iam::111111111111:group/g'}",
                                   "{'AWS':'arn:aws:s3:::b'}",
                                   "{'AWS':'ana'}",
                                   "{'AWS':''}",
                                   "{'AWS':'arn:aws:iam::111111111111:user/'}",
                                   "{'AWS':'11111111111'}",
                                   "{'AWS':'AIDAlower'}",
                                   "{'Service':'*'}",
                                   "{'Service':'lakeformation'}",
                                   "{'Service':'*.amazonaws.com'}",
                                   "{'Federated':'*'}",
                                   "{'Federated':'arn:aws:iam::111111111111:user/x'}",
                                   "{'Federated':'arn:aws:iam::111111111111:saml-provider/'}",
                                   "{'CanonicalUser':'abc'}",
                                   "{'Everyone':'x'}"}) {
    auto json = base::parse_json(with_double_quotes(element));
    ASSERT_TRUE(json.ok()) << element;
    auto rule = PrincipalRule::parse(*json, false);
    ASSERT_FALSE(rule.ok()) << element;
    EXPECT_EQ(rule.error().kind, base::Kind::malformed_policy);
    EXPECT_TRUE(rule.error().says.starts_with("Invalid principal in policy")) << rule.error().says;
  }
}

TEST(Principal, InvertedDenySparesOnlyCallersListedInFull) {
  struct Row {
    std::string_view element;
    Caller caller;
    bool spared;
  };
  constexpr std::string_view kFull =
      "{'AWS':['111111111111','arn:aws:iam::111111111111:role/engine',"
      "'arn:aws:sts::111111111111:assumed-role/engine/s1','arn:aws:iam::111111111111:user/ana']}";
  const Row rows[] = {
      {kFull, session_caller(), true},
      {kFull, user_caller(), true},
      {kFull, root_caller(), true},
      {kFull, user_caller(kHome, "bob"), false},
      {kFull, Caller{}, false},
      {kFull, service_caller(), false},
      {"{'AWS':['111111111111','arn:aws:iam::111111111111:role/engine']}", session_caller(), false},
      {"{'AWS':'arn:aws:iam::111111111111:user/ana'}", user_caller(), false},
      {"{'Service':'lakeformation.amazonaws.com'}", service_caller(), true},
      {"'*'", Caller{}, true},
  };
  for (auto& row : rows) {
    auto found = match(row.element, row.caller, true, true);
    EXPECT_EQ(found == PrincipalMatch::none, row.spared) << row.element << row.caller.arn;
  }
}

TEST(Principal, InvertedAllowLeavesOutWhoeverIsListedInAnyWay) {
  EXPECT_EQ(match("{'AWS':'111111111111'}", user_caller(), true), PrincipalMatch::none);
  EXPECT_EQ(match("{'AWS':'111111111111'}", user_caller(kAway), true), PrincipalMatch::anyone);
}

TEST(Principal, ScpsDoNotConcernServicesStrangersAndServiceLinkedRoles) {
  EXPECT_FALSE(user_caller().exempt_from_scps());
  EXPECT_FALSE(root_caller().exempt_from_scps());
  EXPECT_TRUE(service_caller().exempt_from_scps());
  EXPECT_TRUE(Caller{}.exempt_from_scps());
  auto linked = session_caller();
  linked.service_linked_role = true;
  EXPECT_TRUE(linked.exempt_from_scps());
}

}  // namespace weir::policy
