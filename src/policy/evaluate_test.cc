#include "policy/evaluate.h"

#include <gtest/gtest.h>

#include "policy/scene.h"

namespace weir::policy {
namespace {

constexpr std::string_view kObject = "arn:aws:s3:::b/k";
constexpr std::string_view kAllow = "{'Effect':'Allow','Action':'s3:GetObject','Resource':'arn:aws:s3:::b/*'}";
constexpr std::string_view kDeny = "{'Effect':'Deny','Action':'s3:GetObject','Resource':'arn:aws:s3:::b/*'}";
constexpr std::string_view kElse = "{'Effect':'Allow','Action':'s3:ListBucket','Resource':'*'}";

std::string bucket_allow(std::string_view principal) {
  return std::string("{'Effect':'Allow','Action':'s3:GetObject','Resource':'arn:aws:s3:::b/*','Principal':")
      .append(principal)
      .append("}");
}

// Everything evaluate() can be given, with owners for what Request only points at.
struct Scene {
  Caller caller = user_caller();
  Context context = {};
  std::string_view account = kHome;
  std::vector<NamedPolicy> identity = {};
  std::optional<NamedPolicy> boundary = {}, bucket = {};
  std::optional<std::vector<NamedPolicy>> session = {};
  std::vector<ScpLevel> scps = {};

  Decision decide() const {
    Request request{.caller = caller,
                    .context = context,
                    .action = "s3:GetObject",
                    .resource = kObject,
                    .resource_account = account};
    request.identity = identity;
    if (boundary) request.boundary = &*boundary;
    if (bucket) request.resource_policy = &*bucket;
    if (session) request.session = *session;
    request.scps = scps;
    return evaluate(request);
  }
};

NamedPolicy boundary_of(std::string_view statements) { return policy_of(PolicyKind::boundary, statements); }
NamedPolicy session_of(std::string_view statements) { return policy_of(PolicyKind::session, statements); }
NamedPolicy bucket_of(std::string_view statements) { return policy_of(PolicyKind::resource, statements); }
ScpLevel level_of(std::string_view statements) { return {"level", {policy_of(PolicyKind::scp, statements)}}; }

}  // namespace

TEST(Decision, DeniesByDefault) {
  EXPECT_FALSE(Decision{}.allowed());
  EXPECT_EQ(Decision{}.verdict, Verdict::implicit_deny);
}

TEST(Evaluate, NothingSaidIsDenied) {
  auto decision = Scene{}.decide();
  EXPECT_EQ(decision.verdict, Verdict::implicit_deny);
  EXPECT_EQ(decision.gate, Gate::identity);
  EXPECT_TRUE(decision.because.empty());
}

TEST(Evaluate, AllowNamesItsStatement) {
  Scene scene;
  scene.identity = {policy_of(
      PolicyKind::identity,
      std::string(kElse) + "," + "{'Sid':'Read','Effect':'Allow','Action':'s3:Get*','Resource':'*'}", "analysts")};
  auto decision = scene.decide();
  ASSERT_TRUE(decision.allowed());
  EXPECT_EQ(decision.because, (std::vector<Reason>{{Gate::identity, Effect::allow, "analysts", 2, "Read"}}));
  EXPECT_EQ(decision.because.front().text(), "Allow by statement 2 (Read) of the identity-based policy \"analysts\"");
  EXPECT_EQ(decision.message(), "");
}

TEST(Evaluate, ExplicitDenyWinsFromEveryGate) {
  const Gate gates[] = {Gate::scp, Gate::resource, Gate::identity, Gate::boundary, Gate::session};
  for (auto gate : gates) {
    Scene scene;
    scene.caller = session_caller();
    auto both = std::string(kAllow) + "," + std::string(kDeny);
    auto said = [&](Gate at) { return at == gate ? both : std::string(kAllow); };
    scene.identity = {identity_policy(said(Gate::identity))};
    scene.boundary = boundary_of(said(Gate::boundary));
    scene.session = {session_of(said(Gate::session))};
    scene.scps = {level_of(said(Gate::scp))};
    auto bucket = bucket_allow("'*'");
    if (gate == Gate::resource)
      bucket += ",{'Effect':'Deny','Action':'*','Resource':'*','Principal':{'AWS':'111111111111'}}";
    scene.bucket = bucket_of(bucket);
    auto decision = scene.decide();
    EXPECT_EQ(decision.verdict, Verdict::explicit_deny) << to_string(gate);
    EXPECT_EQ(decision.gate, gate) << to_string(gate);
    EXPECT_EQ(decision.because.size(), 1u);
  }
}

// The table of what a bucket policy's Allow bypasses within one account.
TEST(Evaluate, HowTheBucketPolicyNamesTheCallerDecidesWhatItBypasses) {
  enum { kNoIdentity, kNoBoundary, kNoSession };
  struct Row {
    std::string_view principal;
    Caller caller;
    bool passes[3];  // identity, boundary, session silent
  };
  const Row rows[] = {
      {"{'AWS':'arn:aws:iam::111111111111:user/ana'}", user_caller(), {true, true, true}},
      {"{'AWS':'AIDA0000000000000ANA'}", user_caller(), {true, true, true}},
      {"{'AWS':'arn:aws:iam::111111111111:role/engine'}", session_caller(), {true, false, false}},
      {"{'AWS':'AROA0000000000000ENGINE'}", session_caller(), {true, false, false}},
      {"{'AWS':'arn:aws:sts::111111111111:assumed-role/engine/s1'}", session_caller(), {true, true, true}},
      {"{'AWS':'arn:aws:sts::111111111111:federated-user/fed'}", federated_caller(), {true, true, true}},
      {"{'AWS':'arn:aws:iam::111111111111:user/ana'}", federated_caller(), {true, false, false}},
      {"{'AWS':'111111111111'}", session_caller(), {false, false, false}},
      {"{'AWS':'arn:aws:iam::111111111111:root'}", session_caller(), {false, false, false}},
      {"{'AWS':'arn:aws:iam::111111111111:root'}", user_caller(), {false, false, false}},
      {"'*'", session_caller(), {true, true, true}},
      {"{'AWS':'*'}", user_caller(), {true, true, true}},
      {"{'AWS':'222222222222'}", session_caller(), {false, false, false}},
  };
  for (auto& row : rows) {
    for (int silent : {kNoIdentity, kNoBoundary, kNoSession}) {
      Scene scene;
      scene.caller = row.caller;
      scene.bucket = bucket_of(bucket_allow(row.principal));
      scene.identity = {identity_policy(silent == kNoIdentity ? kElse : kAllow)};
      scene.boundary = boundary_of(silent == kNoBoundary ? kElse : kAllow);
      scene.session = {session_of(silent == kNoSession ? kElse : kAllow)};
      EXPECT_EQ(scene.decide().allowed(), row.passes[silent])
          << row.principal << " " << row.caller.arn << " silent " << silent;
    }
  }
}

TEST(Evaluate, BoundaryAndSessionPoliciesLimitIdentityPolicies) {
  Scene scene;
  scene.caller = session_caller();
  scene.identity = {identity_policy(kAllow)};
  scene.boundary = boundary_of(kAllow);
  scene.session = {session_of(kElse), session_of(kAllow)};
  EXPECT_TRUE(scene.decide().allowed());
  scene.boundary = boundary_of(kElse);
  EXPECT_EQ(scene.decide().gate, Gate::boundary);
  scene.boundary.reset();
  scene.session = {session_of(kElse)};
  EXPECT_EQ(scene.decide().gate, Gate::session);
  scene.session = std::vector<NamedPolicy>{};
  EXPECT_FALSE(scene.decide().allowed());
  scene.session.reset();
  EXPECT_TRUE(scene.decide().allowed());
}

TEST(Evaluate, BoundariesAndSessionsGrantNothingByThemselves) {
  Scene scene;
  scene.caller = session_caller();
  scene.boundary = boundary_of(kAllow);
  scene.session = {session_of(kAllow)};
  scene.scps = {level_of(kAllow)};
  EXPECT_EQ(scene.decide().gate, Gate::identity);
}

TEST(Evaluate, FederatedUsersNeedASessionPolicy) {
  Scene scene;
  scene.caller = federated_caller();
  scene.identity = {identity_policy(kAllow)};
  EXPECT_EQ(scene.decide().gate, Gate::session);
  scene.session = {session_of(kAllow)};
  EXPECT_TRUE(scene.decide().allowed());
  scene.session.reset();
  scene.bucket = bucket_of(bucket_allow("{'AWS':'arn:aws:sts::111111111111:federated-user/fed'}"));
  EXPECT_TRUE(scene.decide().allowed());
}

TEST(Evaluate, EveryScpLevelMustAllow) {
  Scene scene;
  scene.identity = {identity_policy(kAllow)};
  scene.scps = {level_of(kAllow), level_of(kElse), level_of(kAllow)};
  EXPECT_EQ(scene.decide().gate, Gate::scp);
  scene.scps[1].policies.push_back(policy_of(PolicyKind::scp, kAllow));
  EXPECT_TRUE(scene.decide().allowed());
  scene.scps.push_back({"empty", {}});
  EXPECT_EQ(scene.decide().gate, Gate::scp);
}

TEST(Evaluate, ScpsBindDirectGrantsAndRootToo) {
  Scene scene;
  scene.scps = {level_of(kElse)};
  scene.bucket = bucket_of(bucket_allow("'*'"));
  EXPECT_EQ(scene.decide().gate, Gate::scp);
  scene.caller = root_caller();
  EXPECT_EQ(scene.decide().gate, Gate::scp);
}

TEST(Evaluate, ScpsSpareServiceLinkedRoles) {
  Scene scene;
  scene.identity = {identity_policy(kAllow)};
  scene.scps = {level_of(kDeny)};
  EXPECT_EQ(scene.decide().verdict, Verdict::explicit_deny);
  scene.caller.service_linked_role = true;
  EXPECT_TRUE(scene.decide().allowed());
}

TEST(Evaluate, RootNeedsNoPolicyInItsOwnAccountOnly) {
  Scene scene;
  scene.caller = root_caller();
  EXPECT_TRUE(scene.decide().allowed());
  scene.bucket = bucket_of("{'Effect':'Deny','Action':'s3:*','Resource':'*','Principal':'*'}");
  EXPECT_EQ(scene.decide().verdict, Verdict::explicit_deny);
  scene.bucket.reset();
  scene.account = kAway;
  EXPECT_FALSE(scene.decide().allowed());
}

TEST(Evaluate, AcrossAccountsBothSidesMustAllowAndNothingIsBypassed) {
  for (std::string_view principal : {"{'AWS':'arn:aws:iam::111111111111:role/engine'}", "{'AWS':'111111111111'}", "'*'",
                                     "{'AWS':'arn:aws:sts::111111111111:assumed-role/engine/s1'}"}) {
    Scene scene;
    scene.caller = session_caller();
    scene.account = kAway;
    scene.bucket = bucket_of(bucket_allow(principal));
    EXPECT_EQ(scene.decide().gate, Gate::identity) << principal;
    scene.identity = {identity_policy(kAllow)};
    EXPECT_TRUE(scene.decide().allowed()) << principal;
    scene.boundary = boundary_of(kElse);
    EXPECT_EQ(scene.decide().gate, Gate::boundary) << principal;
    scene.boundary.reset();
    scene.session = {session_of(kElse)};
    EXPECT_EQ(scene.decide().gate, Gate::session) << principal;
    scene.session.reset();
    scene.bucket.reset();
    EXPECT_EQ(scene.decide().gate, Gate::resource) << principal;
  }
}

TEST(Evaluate, AResourceOfUnknownOwnerIsSomebodyElses) {
  Scene scene;
  scene.identity = {identity_policy(kAllow)};
  scene.account = "";
  EXPECT_EQ(scene.decide().gate, Gate::resource);
  scene.caller.account = "";
  EXPECT_FALSE(scene.decide().allowed());
}

TEST(Evaluate, StrangersGetInByTheBucketPolicyOnly) {
  Scene scene;
  scene.caller = Caller{};
  scene.identity = {identity_policy(kAllow)};
  EXPECT_EQ(scene.decide().gate, Gate::resource);
  EXPECT_EQ(scene.decide().caller, "anonymous");
  scene.bucket = bucket_of(bucket_allow("{'AWS':'111111111111'}"));
  EXPECT_FALSE(scene.decide().allowed());
  scene.bucket = bucket_of(bucket_allow("'*'"));
  EXPECT_TRUE(scene.decide().allowed());
}

TEST(Evaluate, ServicesGetInByTheBucketPolicyOnly) {
  Scene scene;
  scene.caller = service_caller("logs.amazonaws.com");
  EXPECT_FALSE(scene.decide().allowed());
  scene.bucket = bucket_of(bucket_allow("{'Service':'logs.amazonaws.com'}"));
  EXPECT_TRUE(scene.decide().allowed());
}

TEST(Evaluate, KeyPoliciesMustAllowAlsoWithinTheAccount) {
  auto caller = session_caller();
  Context context;
  auto ask = [&](std::string_view key_principal, bool identity_allows) {
    auto key =
        policy_of(PolicyKind::resource, std::string("{'Effect':'Allow','Action':'kms:*','Resource':'*','Principal':")
                                            .append(key_principal)
                                            .append("}"));
    std::vector<NamedPolicy> own = {identity_policy("{'Effect':'Allow','Action':'kms:*','Resource':'*'}")};
    Request request{.caller = caller,
                    .context = context,
                    .action = "kms:Decrypt",
                    .resource = "arn:aws:kms:eu-west-1:111111111111:key/k",
                    .resource_account = kHome};
    if (identity_allows) request.identity = own;
    request.resource_policy = &key;
    request.resource_policy_must_allow = true;
    return evaluate(request).allowed();
  };
  EXPECT_TRUE(ask("{'AWS':'111111111111'}", true));
  EXPECT_FALSE(ask("{'AWS':'111111111111'}", false));
  EXPECT_FALSE(ask("{'AWS':'222222222222'}", true));
  EXPECT_TRUE(ask("{'AWS':'arn:aws:iam::111111111111:role/engine'}", false));
}

TEST(Evaluate, RevocationDeniesSessionsIssuedEarlierOnly) {
  Scene scene;
  scene.caller = session_caller();
  scene.identity = {identity_policy(kAllow),
                    identity_policy("{'Effect':'Deny','Action':['*'],'Resource':['*'],'Condition':{'DateLessThan':"
                                    "{'aws:TokenIssueTime':'2026-11-22T10:00:00.000Z'}}}")};
  scene.context.set("aws:TokenIssueTime", "2026-11-22T09:59:59Z");
  EXPECT_EQ(scene.decide().verdict, Verdict::explicit_deny);
  scene.context.set("aws:TokenIssueTime", "2026-11-22T10:00:00Z");
  EXPECT_TRUE(scene.decide().allowed());
}

TEST(Evaluate, APolicyOfTheWrongSortOrNoneAtAllDenies) {
  Scene scene;
  scene.identity = {identity_policy(kAllow), {"lost", nullptr}};
  EXPECT_EQ(scene.decide().verdict, Verdict::explicit_deny);
  scene.identity = {identity_policy(kAllow), bucket_of(bucket_allow("'*'"))};
  EXPECT_EQ(scene.decide().verdict, Verdict::explicit_deny);
  scene.identity = {};
  scene.bucket = identity_policy(kAllow);
  EXPECT_EQ(scene.decide().verdict, Verdict::explicit_deny);
}

TEST(Evaluate, MessagesAreTheOnesPeopleSearchFor) {
  Scene scene;
  scene.caller = session_caller();
  const std::string head =
      "User: arn:aws:sts::111111111111:assumed-role/engine/s1 is not authorized to perform: s3:GetObject on "
      "resource: arn:aws:s3:::b/k";
  EXPECT_EQ(scene.decide().message(), head + " because no identity-based policy allows the s3:GetObject action");
  EXPECT_EQ(scene.decide().message_without_reason(), head);
  scene.identity = {identity_policy(kAllow)};
  scene.session = {session_of(kElse)};
  EXPECT_EQ(scene.decide().message(), head + " because no session policy allows the s3:GetObject action");
  scene.boundary = boundary_of(kElse);
  EXPECT_EQ(scene.decide().message(), head + " because no permissions boundary allows the s3:GetObject action");
  scene.scps = {level_of(kElse)};
  EXPECT_EQ(scene.decide().message(), head + " because no service control policy allows the s3:GetObject action");
  scene.scps = {level_of(kDeny)};
  EXPECT_EQ(scene.decide().message(), head + " with an explicit deny in a service control policy");
  scene.scps = {};
  scene.identity = {identity_policy(kDeny)};
  EXPECT_EQ(scene.decide().message(), head + " with an explicit deny in an identity-based policy");
  scene.identity = {identity_policy(kAllow)};
  scene.boundary.reset();
  scene.session.reset();
  scene.account = kAway;
  EXPECT_EQ(scene.decide().message(), head + " because no resource-based policy allows the s3:GetObject action");
}

TEST(Evaluate, ReasonsAreLimitedInNumber) {
  std::string statements(kAllow);
  for (int i = 0; i < 40; ++i) statements.append(",").append(kAllow);
  Scene scene;
  scene.identity = {identity_policy(statements)};
  EXPECT_EQ(scene.decide().because.size(), kReasonsMax);
}

}  // namespace weir::policy
