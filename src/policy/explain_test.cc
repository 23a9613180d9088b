#include "policy/explain.h"

#include <gtest/gtest.h>

#include "policy/scene.h"

namespace weir::policy {
namespace {

struct Asked {
  Caller caller = session_caller();
  Context context = {};
  std::vector<NamedPolicy> identity = {};
  std::optional<NamedPolicy> bucket = {};
  std::string_view account = kHome;

  Request request() const {
    Request out{.caller = caller,
                .context = context,
                .action = "glue:GetTable",
                .resource = "arn:aws:glue:eu-west-1:111111111111:table/sales/orders",
                .resource_account = account};
    out.identity = identity;
    if (bucket) out.resource_policy = &*bucket;
    return out;
  }
  std::string change() const { return smallest_change(request(), evaluate(request())); }
};

}  // namespace

TEST(SmallestChange, NamesThePolicyTheActionAndTheRole) {
  EXPECT_EQ(Asked{}.change(),
            "add Allow glue:GetTable on arn:aws:glue:eu-west-1:111111111111:table/sales/orders to an identity-based "
            "policy of arn:aws:iam::111111111111:role/engine");
}

TEST(SmallestChange, PointsAtTheConditionThatFailed) {
  Asked asked;
  asked.identity = {policy_of(PolicyKind::identity,
                              "{'Sid':'Team','Effect':'Allow','Action':'glue:*','Resource':'*','Condition':"
                              "{'StringEquals':{'aws:PrincipalTag/team':'sales'}}}",
                              "analysts")};
  EXPECT_TRUE(
      asked.change().ends_with(", or meet its condition: Allow by statement 1 (Team) of the identity-based "
                               "policy \"analysts\" requires StringEquals aws:PrincipalTag/team"))
      << asked.change();
}

TEST(SmallestChange, PointsAtTheDenyingStatement) {
  Asked asked;
  asked.identity = {policy_of(PolicyKind::identity, "{'Effect':'Deny','Action':'glue:*','Resource':'*'}", "fence")};
  EXPECT_EQ(asked.change(), "remove or narrow the Deny by statement 1 of the identity-based policy \"fence\"");
  asked.identity = {{"fence", load_policy("{", PolicyKind::identity)}};
  EXPECT_EQ(asked.change(), "save the identity-based policy \"fence\" again: it cannot be read");
}

TEST(SmallestChange, AcrossAccountsPointsAtTheOtherSide) {
  Asked asked;
  asked.account = kAway;
  asked.identity = {identity_policy("{'Effect':'Allow','Action':'glue:*','Resource':'*'}")};
  EXPECT_TRUE(
      asked.change().starts_with("add Allow glue:GetTable for arn:aws:sts::111111111111:assumed-role/engine/s1 "
                                 "to the resource-based policy of "));
}

TEST(SmallestChange, NamesTheLevelAtWhichNoServiceControlPolicyAllows) {
  auto policy = [](std::string_view statement) { return std::vector{policy_of(PolicyKind::scp, statement)}; };
  auto all = "{'Effect':'Allow','Action':'*','Resource':'*'}",
       some = "{'Effect':'Allow','Action':'s3:*','Resource':'*'}";
  std::vector<ScpLevel> levels = {{"the root", policy(all)}, {"unit Lake", policy(some)}, {"account 1", policy(some)}};
  Asked asked;
  asked.identity = {identity_policy(all)};
  auto request = asked.request();
  request.scps = levels;
  EXPECT_EQ(smallest_change(request, evaluate(request)),
            "add Allow glue:GetTable on arn:aws:glue:eu-west-1:111111111111:table/sales/orders to a service control "
            "policy attached to unit Lake");
}

TEST(SmallestChange, IsEmptyWhenAllowed) {
  Asked asked;
  asked.identity = {identity_policy("{'Effect':'Allow','Action':'glue:*','Resource':'*'}")};
  EXPECT_EQ(asked.change(), "");
}

TEST(NearMisses, TellWhichPartFailed) {
  Asked asked;
  asked.account = kAway;
  asked.bucket = policy_of(PolicyKind::resource,
                           "{'Effect':'Allow','Action':'glue:*','Resource':'*','Principal':{'AWS':'222222222222'}},"
                           "{'Effect':'Allow','Action':'glue:*','Resource':'arn:aws:s3:::b','Principal':'*'},"
                           "{'Effect':'Allow','Action':'s3:*','Resource':'*','Principal':'*'}");
  auto misses = near_misses(asked.request(), Gate::resource);
  ASSERT_EQ(misses.size(), 2u);
  EXPECT_EQ(misses[0].failed, NearMiss::Part::principal);
  EXPECT_EQ(misses[1].failed, NearMiss::Part::resource);
  EXPECT_EQ(misses[1].text(), "Allow by statement 2 of the resource-based policy \"p\" names other resources");
}

}  // namespace weir::policy
