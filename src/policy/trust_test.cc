// Trust policies: who may assume a role, with session tags and an external id, as third-party engines do.
#include <gtest/gtest.h>

#include "policy/evaluate.h"
#include "policy/scene.h"

namespace weir::policy {
namespace {

constexpr std::string_view kTag = "aws:RequestTag/LakeFormationAuthorizedCaller";

// The integration role's trust policy, in two statements.
std::string integration_trust(std::string_view principal) {
  auto text = std::string(
      "{'Effect':'Allow','Action':'sts:AssumeRole','Principal':{'AWS':'P'},'Condition':"
      "{'StringEquals':{'sts:ExternalId':'secret-1'}}},"
      "{'Effect':'Allow','Action':'sts:TagSession','Principal':{'AWS':'P'},'Condition':"
      "{'StringLike':{'aws:RequestTag/LakeFormationAuthorizedCaller':'hello_world'}}}");
  for (auto at = text.find("'P'"); at != std::string::npos; at = text.find("'P'"))
    text.replace(at, 3, std::string("'").append(principal).append("'"));
  return text;
}

struct Assume {
  std::string_view trust_principal = "arn:aws:iam::111111111111:role/engine";
  std::string_view role_account = kAway;
  std::string_view identity_action = "sts:*";  // empty for no policy at all
  std::string_view external_id = "secret-1";
  std::vector<std::pair<std::string, std::string>> tags = {{std::string(kTag), "hello_world"}};
  Caller caller = session_caller();

  Decision ask(std::string_view action) const {
    auto trust = policy_of(PolicyKind::trust, integration_trust(trust_principal));
    std::vector<NamedPolicy> own;
    if (!identity_action.empty())
      own.push_back(identity_policy(
          std::string("{'Effect':'Allow','Action':'").append(identity_action).append("','Resource':'*'}")));
    Context context;
    if (!external_id.empty()) context.set("sts:ExternalId", std::string(external_id));
    std::vector<std::string> keys;
    for (auto& [key, value] : tags) {
      context.set(key, value);
      keys.push_back(key);
    }
    context.set_list("aws:TagKeys", keys);
    auto role = std::string("arn:aws:iam::").append(role_account).append(":role/integration");
    Request request{
        .caller = caller, .context = context, .action = action, .resource = role, .resource_account = role_account};
    request.identity = own;
    request.resource_policy = &trust;
    request.resource_policy_must_allow = true;
    return evaluate(request);
  }
  bool assume() const { return ask("sts:AssumeRole").allowed(); }
  bool tag() const { return ask("sts:TagSession").allowed(); }
};

Decision ask_trust(std::string_view statement, const Caller& caller, std::string_view action = "sts:AssumeRole") {
  auto trust = policy_of(PolicyKind::trust, statement);
  auto own = identity_policy("{'Effect':'Allow','Action':'sts:*','Resource':'*'}");
  Context context;
  Request request{.caller = caller,
                  .context = context,
                  .action = action,
                  .resource = "arn:aws:iam::111111111111:role/r",
                  .resource_account = kHome,
                  .identity = {&own, 1}};
  request.resource_policy = &trust;
  request.resource_policy_must_allow = true;
  return evaluate(request);
}

}  // namespace

TEST(Trust, TheEngineAssumesTheIntegrationRoleWithItsTag) {
  Assume good;
  EXPECT_TRUE(good.assume());
  EXPECT_TRUE(good.tag());
}

TEST(Trust, AcrossAccountsTrustAloneIsNotEnough) {
  Assume alone{.identity_action = ""};
  EXPECT_EQ(alone.ask("sts:AssumeRole").verdict, Verdict::implicit_deny);
  EXPECT_FALSE(alone.tag());
}

TEST(Trust, WithinTheAccountNamingTheRoleIsEnough) {
  Assume alone{.role_account = kHome, .identity_action = ""};
  EXPECT_TRUE(alone.assume());
  EXPECT_TRUE(alone.tag());
}

TEST(Trust, TaggingNeedsItsOwnPermission) {
  Assume narrow{.identity_action = "sts:AssumeRole"};
  EXPECT_TRUE(narrow.assume());
  EXPECT_EQ(narrow.ask("sts:TagSession").verdict, Verdict::implicit_deny);
}

TEST(Trust, AnotherTagValueIsRefused) {
  Assume wrong{.tags = {{std::string(kTag), "good_bye"}}};
  EXPECT_TRUE(wrong.assume());
  EXPECT_FALSE(wrong.tag());
}

TEST(Trust, AMissingOrWrongExternalIdIsRefused) {
  EXPECT_FALSE(Assume{.external_id = ""}.assume());
  EXPECT_FALSE(Assume{.external_id = "secret-2"}.assume());
}

TEST(Trust, AnExtraTagPassesWhereTagKeysAreNotLimited) {
  Assume extra{.tags = {{std::string(kTag), "hello_world"}, {"aws:RequestTag/Evil", "1"}}};
  EXPECT_TRUE(extra.tag());
}

TEST(Trust, NamingTheAccountLeavesTheDecisionToItsOwnPolicies) {
  Assume account{.trust_principal = "arn:aws:iam::111111111111:root", .role_account = kHome, .identity_action = ""};
  EXPECT_FALSE(account.assume());
  account.identity_action = "sts:AssumeRole";
  EXPECT_TRUE(account.assume());
}

TEST(Trust, IdentityPoliciesCannotReplaceTrust) {
  Assume stranger{.trust_principal = "222222222222", .role_account = kHome};
  auto decision = stranger.ask("sts:AssumeRole");
  EXPECT_EQ(decision.verdict, Verdict::implicit_deny);
  EXPECT_EQ(decision.gate, Gate::trust);
}

TEST(Trust, EveryoneInTheAccountNeedsNoPolicyOfTheirOwn) {
  EXPECT_TRUE((Assume{.trust_principal = "*", .role_account = kHome, .identity_action = ""}).assume());
}

TEST(Trust, DenialsDoNotTellWhetherTheRoleExists) {
  auto denied = Assume{.external_id = ""}.ask("sts:AssumeRole");
  EXPECT_EQ(denied.message(),
            "User: arn:aws:sts::111111111111:assumed-role/engine/s1 is not authorized to perform: sts:AssumeRole on "
            "resource: arn:aws:iam::222222222222:role/integration");
  EXPECT_EQ(denied.message(), (Assume{.identity_action = ""}.ask("sts:AssumeRole").message()));
}

TEST(Trust, TheWildcardMeansAwsPrincipalsOnly) {
  constexpr std::string_view kEveryone = "{'Effect':'Allow','Action':'sts:*','Principal':'*'}";
  EXPECT_TRUE(ask_trust(kEveryone, session_caller()).allowed());
  EXPECT_FALSE(ask_trust(kEveryone, Caller{}).allowed());
  EXPECT_FALSE(ask_trust(kEveryone, service_caller()).allowed());
  Caller holder;
  holder.kind = PrincipalKind::federated_identity;
  holder.provider = "arn:aws:iam::111111111111:saml-provider/okta";
  EXPECT_FALSE(ask_trust(kEveryone, holder, "sts:AssumeRoleWithSAML").allowed());
  EXPECT_TRUE(ask_trust("{'Effect':'Allow','Action':'sts:AssumeRoleWithSAML','Principal':{'Federated':"
                        "'arn:aws:iam::111111111111:saml-provider/okta'}}",
                        holder, "sts:AssumeRoleWithSAML")
                  .allowed());
}

TEST(Trust, LakeFormationIsTrustedByName) {
  constexpr std::string_view kLake =
      "{'Effect':'Allow','Action':'sts:AssumeRole','Principal':{'Service':'lakeformation.amazonaws.com'}}";
  EXPECT_TRUE(ask_trust(kLake, service_caller()).allowed());
  EXPECT_FALSE(ask_trust(kLake, service_caller("glue.amazonaws.com")).allowed());
  EXPECT_FALSE(ask_trust(kLake, user_caller()).allowed());
}

TEST(Trust, ADenyToEveryoneHoldsForServicesToo) {
  constexpr std::string_view kBoth =
      "{'Effect':'Allow','Action':'sts:AssumeRole','Principal':{'Service':'lakeformation.amazonaws.com'}},"
      "{'Effect':'Deny','Action':'sts:AssumeRole','Principal':'*'}";
  EXPECT_EQ(ask_trust(kBoth, service_caller()).verdict, Verdict::explicit_deny);
}

TEST(Trust, ARoleDoesNotTrustItself) {
  constexpr std::string_view kOther =
      "{'Effect':'Allow','Action':'sts:AssumeRole','Principal':{'AWS':'arn:aws:iam::111111111111:user/ana'}}";
  EXPECT_FALSE(ask_trust(kOther, session_caller(kHome, "r")).allowed());
}

TEST(Trust, NoTrustPolicyMeansNobody) {
  auto caller = session_caller();
  auto own = identity_policy("{'Effect':'Allow','Action':'sts:*','Resource':'*'}");
  Context context;
  Request request{.caller = caller,
                  .context = context,
                  .action = "sts:AssumeRole",
                  .resource = "arn:aws:iam::111111111111:role/r",
                  .resource_account = kHome,
                  .identity = {&own, 1}};
  request.resource_policy_must_allow = true;
  EXPECT_EQ(evaluate(request).gate, Gate::trust);
}

}  // namespace weir::policy
