#include <gtest/gtest.h>

#include "identity/test_world.h"

namespace weir::identity {
namespace {

using namespace test;
using base::Kind;

// --- The table of who may assume whom: an engine's role in one account, an integration role in another.

constexpr const char* kEngineRole = "arn:aws:iam::111122223333:role/engine";
const Tag kLakeTag{"LakeFormationAuthorizedCaller", "hello_world"};

std::string engine_principal() { return R"({"AWS":[")" + std::string(kEngineRole) + R"("]})"; }

std::string integration_trust(const std::string& principal = engine_principal()) {
  return policy(trust_statement(principal, "sts:AssumeRole", R"({"StringEquals":{"sts:ExternalId":"123-456-789"}})") +
                "," +
                trust_statement(principal, "sts:TagSession",
                                R"({"StringLike":{"aws:RequestTag/LakeFormationAuthorizedCaller":"hello_world"}})"));
}

struct EngineAndLake : testing::Test {
  World world;

  PrincipalPtr engine(const std::string& policy) {
    auto role = world.role(kEngineAccount, "engine", trusting(names::root_arn(account(kEngineAccount))), policy);
    return world.session_of(role, "engine-1");
  }
  static AssumeRoleRequest request(const std::string& in = kLakeAccount) {
    AssumeRoleRequest request{"arn:aws:iam::" + in + ":role/integration", "query-1"};
    request.external_id = "123-456-789";
    request.tags = {kLakeTag};
    return request;
  }
  // Empty when it went well, else the action that was refused.
  static std::string refused(const base::Result<AssumedRole>& answer) {
    if (answer.ok()) return "";
    EXPECT_EQ(answer.error().kind, Kind::denied) << answer.error().says;
    auto& says = answer.error().says;
    auto from = says.find("perform: ") + 9;
    return says.substr(from, says.find(' ', from) - from);
  }
};

TEST_F(EngineAndLake, IdentityPolicyAndTrustTogetherAllow) {
  auto caller = engine(allow("sts:*"));
  world.role(kLakeAccount, "integration", integration_trust());
  auto answer = world.assume(*caller, request());
  EXPECT_EQ(refused(answer), "");
  EXPECT_EQ(answer->arn, "arn:aws:sts::222233334444:assumed-role/integration/query-1");
  EXPECT_EQ(world.principal(answer->credentials)->tags, Tags{kLakeTag});
  EXPECT_TRUE(answer->packed_percent.has_value());
}

TEST_F(EngineAndLake, TrustAloneIsNotEnoughAcrossAccounts) {
  auto caller = engine("");
  world.role(kLakeAccount, "integration", integration_trust());
  EXPECT_EQ(refused(world.assume(*caller, request())), "sts:AssumeRole");
}

TEST_F(EngineAndLake, TrustThatNamesTheRoleIsEnoughWithinTheAccount) {
  auto caller = engine("");
  world.role(kEngineAccount, "integration", integration_trust());
  EXPECT_EQ(refused(world.assume(*caller, request(kEngineAccount))), "");
}

TEST_F(EngineAndLake, TagsNeedTagSessionOnTheCallersSideToo) {
  auto caller = engine(allow("sts:AssumeRole"));
  world.role(kLakeAccount, "integration", integration_trust());
  EXPECT_EQ(refused(world.assume(*caller, request())), "sts:TagSession");
}

TEST_F(EngineAndLake, AnotherTagValueIsRefused) {
  auto caller = engine(allow("sts:*"));
  world.role(kLakeAccount, "integration", integration_trust());
  auto wanted = request();
  wanted.tags[0].value = "hello_mars";
  EXPECT_EQ(refused(world.assume(*caller, wanted)), "sts:TagSession");
}

TEST_F(EngineAndLake, MissingAndWrongExternalIdsAreRefused) {
  auto caller = engine(allow("sts:*"));
  world.role(kLakeAccount, "integration", integration_trust());
  auto wanted = request();
  wanted.external_id.reset();
  EXPECT_EQ(refused(world.assume(*caller, wanted)), "sts:AssumeRole");
  wanted.external_id = "123-456-780";
  EXPECT_EQ(refused(world.assume(*caller, wanted)), "sts:AssumeRole");
}

TEST_F(EngineAndLake, AnExtraTagPassesBecauseTheTrustDoesNotLimitKeys) {
  auto caller = engine(allow("sts:*"));
  world.role(kLakeAccount, "integration", integration_trust());
  auto wanted = request();
  wanted.tags.push_back({"Evil", "1"});
  EXPECT_EQ(refused(world.assume(*caller, wanted)), "");
}

TEST_F(EngineAndLake, TrustInTheAccountNeedsAnIdentityPolicy) {
  auto role_arn = "arn:aws:iam::111122223333:role/integration";
  auto trust = integration_trust(R"({"AWS":"arn:aws:iam::111122223333:root"})");
  auto without = engine("");
  world.role(kEngineAccount, "integration", trust);
  EXPECT_EQ(refused(world.assume(*without, request(kEngineAccount))), "sts:AssumeRole");
  world.write([&](store::Transaction& tx) {
    return RoleRecords(tx, account(kEngineAccount)).put_policy("engine", "may", allow("sts:*", role_arn));
  });
  EXPECT_EQ(refused(world.assume(*without, request(kEngineAccount))), "");
}

TEST_F(EngineAndLake, TrustInAnotherAccountDoesNotLetOurOwnIn) {
  auto caller = engine(allow("sts:*"));
  world.role(kEngineAccount, "integration", integration_trust(R"({"AWS":"222233334444"})"));
  EXPECT_EQ(refused(world.assume(*caller, request(kEngineAccount))), "sts:AssumeRole");
}

TEST_F(EngineAndLake, TrustInEverybodyNeedsNoIdentityPolicyWithinTheAccount) {
  auto caller = engine("");
  world.role(kEngineAccount, "integration", integration_trust(R"({"AWS":"*"})"));
  EXPECT_EQ(refused(world.assume(*caller, request(kEngineAccount))), "");
}

TEST_F(EngineAndLake, WithoutTagsTheTagStatementDoesNotMatter) {
  auto caller = engine(allow("sts:AssumeRole"));
  world.role(kLakeAccount, "integration", integration_trust());
  auto wanted = request();
  wanted.tags.clear();
  auto answer = world.assume(*caller, wanted);
  EXPECT_EQ(refused(answer), "");
  EXPECT_EQ(find_tag(world.principal(answer->credentials)->tags, kLakeTag.key), nullptr);
  EXPECT_FALSE(answer->packed_percent.has_value());
}

TEST_F(EngineAndLake, OneStatementForBothActionsWorksAsWell) {
  auto caller = engine(allow("sts:*"));
  world.role(kLakeAccount, "integration",
             policy(R"({"Effect":"Allow","Principal":{"AWS":")" + std::string(kEngineRole) +
                    R"("},"Action":["sts:AssumeRole","sts:TagSession"],)"
                    R"("Condition":{"StringEquals":{"sts:ExternalId":"123-456-789"}}})"));
  EXPECT_EQ(refused(world.assume(*caller, request())), "");
  auto wanted = request();
  wanted.external_id = "another";
  EXPECT_EQ(refused(world.assume(*caller, wanted)), "sts:AssumeRole");
}

TEST_F(EngineAndLake, AbsentRoleAndDeniedRoleAnswerAlike) {
  auto caller = engine(allow("sts:*"));
  world.role(kLakeAccount, "integration", trusting(names::root_arn(account(kLakeAccount))));
  auto there = world.assume(*caller, request()).error().says;
  auto wanted = request();
  wanted.role_arn = "arn:aws:iam::222233334444:role/nowhere";
  auto absent = world.assume(*caller, wanted).error().says;
  EXPECT_EQ(there,
            "User: arn:aws:sts::111122223333:assumed-role/engine/engine-1 is not authorized to perform: "
            "sts:AssumeRole on resource: arn:aws:iam::222233334444:role/integration");
  absent.replace(absent.find("nowhere"), 7, "integration");
  EXPECT_EQ(absent, there);
}

TEST_F(EngineAndLake, RoleMadeAgainIsNotTheOneThatWasTrusted) {
  auto before = engine(allow("sts:*"));
  world.role(kLakeAccount, "integration", integration_trust());
  EXPECT_EQ(refused(world.assume(*before, request())), "");
  world.write([&](store::Transaction& tx) -> base::Status {
    RoleRecords roles(tx, account(kEngineAccount));
    WEIR_CHECK_OK(roles.erase_policy("engine", "own"));
    return roles.erase("engine");
  });
  EXPECT_EQ(refused(world.assume(*before, request())), "sts:AssumeRole");
  auto again = engine(allow("sts:*"));
  EXPECT_EQ(refused(world.assume(*again, request())), "sts:AssumeRole");
}

// --- The rules of the request

struct Assuming : testing::Test {
  World world;
  User ann = world.user(kEngineAccount, "ann", allow("sts:*"));
  PrincipalPtr caller = world.principal(ann);
  std::string in_account = names::root_arn(account(kEngineAccount));

  Role role(const std::string& name, Tags tags = {}, int max_session_s = 3600) {
    return world.role(kEngineAccount, name, trusting(in_account), allow("sts:*"), std::move(tags), max_session_s);
  }
  base::Result<AssumedRole> assume(const Principal& who, const Role& role, Tags tags = {},
                                   std::vector<std::string> transitive = {}) {
    AssumeRoleRequest request{role.arn(), "session"};
    request.tags = std::move(tags);
    request.transitive_keys = std::move(transitive);
    return world.assume(who, request);
  }
};

TEST_F(Assuming, DurationIsWithinTheRolesMaximum) {
  auto a = role("a", {}, 7200);
  AssumeRoleRequest request{a.arn(), "session"};
  for (auto [seconds, good] : {std::pair{899, false},
                               {900, true},
                               {3600, true},
                               {7200, true},
                               {7201, false},
                               {43200, false},
                               {43201, false},
                               {-1, false},
                               {0, false}}) {
    request.duration_s = seconds;
    auto answer = world.assume(*caller, request);
    ASSERT_EQ(answer.ok(), good) << seconds;
    if (good) {
      EXPECT_EQ(answer->credentials.expires, world.now + std::chrono::seconds(seconds));
    } else {
      EXPECT_EQ(answer.error().kind, Kind::invalid);
    }
  }
  request.duration_s = 7201;
  EXPECT_EQ(world.assume(*caller, request).error().says,
            "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
}

TEST_F(Assuming, ChainedSessionsLastAnHourAtMost) {
  auto a = role("a", {}, 43200), b = role("b", {}, 43200);
  auto session = world.principal(must(assume(*caller, a)).credentials);
  AssumeRoleRequest request{b.arn(), "session"};
  request.duration_s = 3600;
  EXPECT_TRUE(world.assume(*session, request).ok());
  request.duration_s = 3601;
  EXPECT_EQ(world.assume(*session, request).error().says,
            "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining");
  request.duration_s = 43200;
  EXPECT_TRUE(world.assume(*caller, request).ok());
}

TEST_F(Assuming, OnlyThoseWhoMayLearnTheRolesMaximum) {
  auto closed = world.role(kEngineAccount, "closed", trusting(names::root_arn(account(kLakeAccount))));
  AssumeRoleRequest request{closed.arn(), "session"};
  request.duration_s = 43200;
  EXPECT_EQ(world.assume(*caller, request).error().kind, Kind::denied);
}

TEST_F(Assuming, RootAssumesNoRole) {
  auto a = world.role(kEngineAccount, "a", trusting("*"));
  auto& root = *(*world.directory()->find_account(kEngineAccount))->root;
  EXPECT_EQ(world.assume(root, {a.arn(), "session"}).error().says, "Roles may not be assumed by root accounts.");
  EXPECT_EQ(world.assume(anonymous(), {a.arn(), "session"}).error().kind, Kind::denied);
}

TEST_F(Assuming, ARoleDoesNotTrustItselfUnasked) {
  auto a = world.role(kEngineAccount, "a", trusting(ann.arn()), allow("sts:*"));
  auto session = world.principal(must(assume(*caller, a)).credentials);
  EXPECT_EQ(assume(*session, a).error().kind, Kind::denied);
  world.write([&](store::Transaction& tx) {
    return RoleRecords(tx, account(kEngineAccount)).set_trust("a", trusting(a.arn()));
  });
  EXPECT_TRUE(assume(*session, a).ok());
}

TEST_F(Assuming, SessionNamesAndIdsFollowTheirPatterns) {
  auto a = role("a");
  for (auto* bad : {"", "x", "a b", "a/b"})
    EXPECT_EQ(world.assume(*caller, {a.arn(), bad}).error().kind, Kind::invalid);
  AssumeRoleRequest request{a.arn(), "session"};
  request.external_id = "x";
  EXPECT_EQ(world.assume(*caller, request).error().kind, Kind::invalid);
}

TEST_F(Assuming, BoundaryOfTheCallerLimitsAcrossAccounts) {
  world.write([&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(auto made, PolicyRecords(tx, account(kEngineAccount))
                            .create({"fence", "/", "", allow("s3:*"), {}}, world.now, world.randomness));
    return UserRecords(tx, account(kEngineAccount)).set_boundary("ann", made.arn());
  });
  auto other = world.role(kLakeAccount, "other", trusting(ann.arn()));
  EXPECT_EQ(assume(*world.principal(ann), other).error().kind, Kind::denied);
}

// --- Tags

TEST_F(Assuming, EffectiveTagsAreTheRolesOverriddenByTheSessions) {
  auto a = role("a", {{"team", "role"}, {"site", "role"}});
  auto session = world.principal(must(assume(*caller, a, {{"Team", "session"}, {"more", "session"}})).credentials);
  EXPECT_EQ(session->tags, (Tags{{"Team", "session"}, {"site", "role"}, {"more", "session"}}));
}

TEST_F(Assuming, TransitiveTagSurvivesTwoHopsAndOthersVanish) {
  auto a = role("a"), b = role("b", {{"team", "role-b"}}), c = role("c", {{"team", "role-c"}});
  auto first = world.principal(must(assume(*caller, a, {{"team", "ann"}, {"plain", "x"}}, {"team"})).credentials);
  auto second = world.principal(must(assume(*first, b)).credentials);
  EXPECT_EQ(second->tags, (Tags{{"team", "ann"}}));
  auto third = world.principal(must(assume(*second, c, {{"new", "y"}}, {"new"})).credentials);
  EXPECT_EQ(third->tags, (Tags{{"team", "ann"}, {"new", "y"}}));
  EXPECT_EQ(third->session->session.transitive_keys, (std::vector<std::string>{"team", "new"}));
}

TEST_F(Assuming, InheritedTransitiveTagCannotBeOverridden) {
  auto a = role("a"), b = role("b");
  auto first = world.principal(must(assume(*caller, a, {{"team", "ann"}}, {"team"})).credentials);
  EXPECT_EQ(assume(*first, b, {{"TEAM", "mallory"}}).error().kind, Kind::invalid);
}

TEST_F(Assuming, NonTransitiveTagOfTheLastHopMayBeSetAgain) {
  auto a = role("a"), b = role("b");
  auto first = world.principal(must(assume(*caller, a, {{"team", "ann"}})).credentials);
  auto second = world.principal(must(assume(*first, b, {{"team", "bob"}})).credentials);
  EXPECT_EQ(second->tags, (Tags{{"team", "bob"}}));
}

TEST_F(Assuming, TransitiveKeysAreAmongTheTags) {
  auto a = role("a", {{"team", "role"}});
  EXPECT_EQ(assume(*caller, a, {}, {"team"}).error().kind, Kind::invalid) << "role tags are never transitive";
  EXPECT_EQ(assume(*caller, a, {{"x", "y"}}, {"other"}).error().kind, Kind::invalid);
}

TEST_F(Assuming, InheritedTagsNeedTagSessionAtEveryHop) {
  auto a = role("a");
  auto b =
      world.role(kEngineAccount, "b", policy(trust_statement(R"({"AWS":")" + in_account + R"("})", "sts:AssumeRole")));
  auto tagged = world.principal(must(assume(*caller, a, {{"team", "ann"}}, {"team"})).credentials);
  auto plain = world.principal(must(assume(*caller, a)).credentials);
  EXPECT_TRUE(assume(*plain, b).ok());
  // The caller's own sts:* allows it; the trust names only AssumeRole, so TagSession fails.
  auto answer = assume(*tagged, b);
  ASSERT_FALSE(answer.ok());
  EXPECT_NE(answer.error().says.find("sts:TagSession"), std::string::npos);
}

TEST_F(Assuming, InheritedTagsStandInForRoleTagsInTheTrust) {
  auto a = role("a");
  auto b = world.role(
      kEngineAccount, "b",
      policy(trust_statement(R"({"AWS":")" + in_account + R"("})", "sts:*",
                             R"({"StringEquals":{"aws:ResourceTag/team":"ann","aws:PrincipalTag/team":"ann"}})")),
      "", {{"team", "b"}});
  auto tagged = world.principal(must(assume(*caller, a, {{"team", "ann"}}, {"team"})).credentials);
  auto plain = world.principal(must(assume(*caller, a, {{"team", "ann"}})).credentials);
  EXPECT_TRUE(assume(*tagged, b).ok());
  EXPECT_EQ(assume(*plain, b).error().kind, Kind::denied);
}

TEST_F(Assuming, MalformedTagsAreRefused) {
  auto a = role("a");
  EXPECT_EQ(assume(*caller, a, {{"k", "1"}, {"K", "2"}}).error().kind, Kind::invalid);
  EXPECT_EQ(assume(*caller, a, {{"aws:k", "1"}}).error().kind, Kind::invalid);
}

TEST_F(Assuming, TagsThatDoNotFitTheTokenAreTooLarge) {
  auto a = role("a");
  Tags tags;
  for (int i = 0; i < 50; ++i) tags.push_back({std::string(100, 'k') + std::to_string(i), std::string(250, 'v')});
  auto answer = assume(*caller, a, tags);
  EXPECT_EQ(answer.error().kind, Kind::limit_exceeded);
  EXPECT_EQ(answer.error().about, "packed policy");
}

// --- Source identity

TEST_F(Assuming, SourceIdentityStaysAlongTheChain) {
  auto a = role("a"), b = role("b");
  AssumeRoleRequest request{a.arn(), "session"};
  request.source_identity = "ann";
  auto first = world.principal(must(world.assume(*caller, request)).credentials);
  auto second = must(assume(*first, b));
  EXPECT_EQ(second.source_identity, "ann");
  request.role_arn = b.arn();
  EXPECT_TRUE(world.assume(*first, request).ok());
  request.source_identity = "mallory";
  EXPECT_EQ(world.assume(*first, request).error().kind, Kind::denied);
}

TEST_F(Assuming, SourceIdentityNeedsItsOwnPermission) {
  auto a =
      world.role(kEngineAccount, "a", policy(trust_statement(R"({"AWS":")" + ann.arn() + R"("})", "sts:AssumeRole")));
  AssumeRoleRequest request{a.arn(), "session"};
  EXPECT_TRUE(world.assume(*caller, request).ok());
  request.source_identity = "ann";
  auto answer = world.assume(*caller, request);
  ASSERT_FALSE(answer.ok());
  EXPECT_NE(answer.error().says.find("sts:SetSourceIdentity"), std::string::npos);
}

// --- Session policies

TEST_F(Assuming, SessionPolicyNarrowsAndNeverWidens) {
  auto a = world.role(kEngineAccount, "a", trusting(ann.arn()), allow("s3:Get*"));
  AssumeRoleRequest request{a.arn(), "session"};
  request.policy = allow("s3:GetObject");
  auto narrow = world.principal(must(world.assume(*caller, request)).credentials);
  EXPECT_TRUE(world.ask(*narrow, "s3:GetObject", "arn:aws:s3:::b/k").allowed());
  EXPECT_FALSE(world.ask(*narrow, "s3:GetBucketAcl", "arn:aws:s3:::b").allowed());
  request.policy = allow("*");
  auto wide = world.principal(must(world.assume(*caller, request)).credentials);
  EXPECT_TRUE(world.ask(*wide, "s3:GetBucketAcl", "arn:aws:s3:::b").allowed());
  EXPECT_FALSE(world.ask(*wide, "s3:PutObject", "arn:aws:s3:::b/k").allowed());
}

TEST_F(Assuming, ManagedSessionPoliciesNarrowToo) {
  auto a = world.role(kEngineAccount, "a", trusting(ann.arn()), allow("*"));
  AssumeRoleRequest request{a.arn(), "session"};
  request.policy_arns = {"arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"};
  auto session = world.principal(must(world.assume(*caller, request)).credentials);
  EXPECT_TRUE(world.ask(*session, "s3:GetObject", "arn:aws:s3:::b/k").allowed());
  EXPECT_FALSE(world.ask(*session, "s3:PutObject", "arn:aws:s3:::b/k").allowed());
  request.policy_arns = {"arn:aws:iam::aws:policy/NoSuchPolicy"};
  EXPECT_EQ(world.assume(*caller, request).error().kind, Kind::invalid);
}

TEST_F(Assuming, SessionPolicyThatIsGoneDeniesEverything) {
  std::string arn;
  world.write([&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(
        auto made,
        PolicyRecords(tx, account(kEngineAccount)).create({"p", "/", "", allow("*"), {}}, world.now, world.randomness));
    arn = made.arn();
    return {};
  });
  auto a = world.role(kEngineAccount, "a", trusting(ann.arn()), allow("*"));
  AssumeRoleRequest request{a.arn(), "session"};
  request.policy_arns = {arn};
  auto session = world.principal(must(world.assume(*caller, request)).credentials);
  EXPECT_TRUE(world.ask(*session, "s3:GetObject", "arn:aws:s3:::b/k").allowed());
  world.write([&](store::Transaction& tx) { return PolicyRecords(tx, account(kEngineAccount)).erase(arn); });
  EXPECT_FALSE(world.ask(*session, "s3:GetObject", "arn:aws:s3:::b/k").allowed());
}

TEST_F(Assuming, BrokenOrLongSessionPoliciesAreRefused) {
  auto a = role("a");
  AssumeRoleRequest request{a.arn(), "session"};
  request.policy = "{";
  EXPECT_EQ(world.assume(*caller, request).error().kind, Kind::malformed_policy);
  request.policy = allow("s3:GetObject", "arn:aws:s3:::" + std::string(2048, 'b'));
  EXPECT_EQ(world.assume(*caller, request).error().kind, Kind::limit_exceeded);
}

// --- Services

TEST_F(Assuming, LakeFormationIsSubjectToTheTrustPolicy) {
  auto lake = service_principal("lakeformation.amazonaws.com");
  auto closed = role("closed");
  EXPECT_EQ(assume(lake, closed).error().kind, Kind::denied);
  auto open = world.role(kEngineAccount, "open",
                         policy(trust_statement(R"({"Service":"lakeformation.amazonaws.com"})", "sts:AssumeRole",
                                                R"({"StringEquals":{"aws:SourceAccount":"111122223333"}})")));
  EXPECT_EQ(assume(lake, open).error().kind, Kind::denied);
  policy::Context facts;
  facts.set("aws:SourceAccount", kEngineAccount);
  EXPECT_TRUE(
      assume_role(lake, {open.arn(), "session"}, *world.directory(), world.ring, facts, world.now, world.randomness)
          .ok());
  EXPECT_EQ(assume_role(service_principal("glue.amazonaws.com"), {open.arn(), "session"}, *world.directory(),
                        world.ring, facts, world.now, world.randomness)
                .error()
                .kind,
            Kind::denied);
}

struct Vending : Assuming {
  Role location = world.role(kEngineAccount, "location",
                             policy(trust_statement(R"({"Service":"lakeformation.amazonaws.com"})", "sts:AssumeRole")),
                             allow("s3:*"));
  PrincipalPtr vended() {
    AssumeRoleRequest request{location.arn(), "query-1"};
    request.policy = allow("s3:GetObject", "arn:aws:s3:::b/sales/*");
    request.scope = VendingScope{"arn:aws:glue:eu-west-1:111122223333:table/d/sales", {"SELECT"}, {"s3://b/sales"}};
    return world.principal(must(world.assume(service_principal("lakeformation.amazonaws.com"), request)).credentials);
  }
};

TEST_F(Vending, VendedSessionIsWithinItsScope) {
  auto session = vended();
  EXPECT_EQ(session->session->session.scope->prefixes, (std::vector<std::string>{"s3://b/sales"}));
  EXPECT_TRUE(world.ask(*session, "s3:GetObject", "arn:aws:s3:::b/sales/1").allowed());
  EXPECT_FALSE(world.ask(*session, "s3:GetObject", "arn:aws:s3:::b/salaries/1").allowed());
}

TEST_F(Vending, VendedSessionAssumesNothingNotEvenWhereEverybodyMay) {
  auto everybody = world.role(kEngineAccount, "everybody", trusting("*"), allow("*"));
  EXPECT_TRUE(assume(*caller, everybody).ok());
  EXPECT_EQ(assume(*vended(), everybody).error().kind, Kind::denied);
  EXPECT_FALSE(session_may_call(*vended(), "sts:AssumeRole"));
  EXPECT_FALSE(session_may_call(*vended(), "iam:GetUser"));
  EXPECT_TRUE(session_may_call(*vended(), "s3:GetObject"));
}

TEST_F(Vending, OnlyServicesVend) {
  auto a = role("a");
  AssumeRoleRequest request{a.arn(), "session"};
  request.scope = VendingScope{};
  EXPECT_FALSE(world.assume(*caller, request).ok());
}

// --- GetSessionToken

TEST_F(Assuming, SessionTokenIsTheUserWithLessReach) {
  auto credentials = must(get_session_token(*caller, {}, world.ring, world.now, world.randomness));
  EXPECT_EQ(credentials.expires, world.now + std::chrono::hours(12));
  auto session = world.principal(credentials);
  EXPECT_EQ(session->arn(), ann.arn());
  EXPECT_EQ(session->caller.user_id, ann.id);
  EXPECT_TRUE(session_may_call(*session, "sts:AssumeRole"));
  EXPECT_TRUE(session_may_call(*session, "STS:GetCallerIdentity"));
  EXPECT_FALSE(session_may_call(*session, "sts:GetSessionToken"));
  EXPECT_FALSE(session_may_call(*session, "iam:ListUsers"));
  EXPECT_TRUE(session_may_call(*session, "glue:GetTable"));
  EXPECT_TRUE(session_may_call(*caller, "iam:ListUsers"));
  auto a = world.role(kEngineAccount, "a", trusting(ann.arn()));
  EXPECT_TRUE(assume(*session, a).ok());
}

TEST_F(Assuming, SessionTokenOfASessionIsDenied) {
  auto session = world.principal(must(assume(*caller, role("a"))).credentials);
  EXPECT_EQ(get_session_token(*session, {}, world.ring, world.now, world.randomness).error().kind, Kind::denied);
  auto token = world.principal(must(get_session_token(*caller, {}, world.ring, world.now, world.randomness)));
  EXPECT_EQ(get_session_token(*token, {}, world.ring, world.now, world.randomness).error().kind, Kind::denied);
}

TEST_F(Assuming, SessionTokenHasItsBounds) {
  auto lasts = [&](const Principal& who, int64_t seconds) {
    auto made = get_session_token(who, seconds, world.ring, world.now, world.randomness);
    return made.ok() ? (made->expires - world.now) / std::chrono::seconds(1) : -1;
  };
  EXPECT_EQ(lasts(*caller, 899), -1);
  EXPECT_EQ(lasts(*caller, 129600), 129600);
  EXPECT_EQ(lasts(*caller, 129601), -1);
  auto& root = *(*world.directory()->find_account(kEngineAccount))->root;
  EXPECT_EQ(lasts(root, 43200), 3600);
}

}  // namespace
}  // namespace weir::identity
