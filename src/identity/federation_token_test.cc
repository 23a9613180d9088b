#include "identity/federation_token.h"

#include <gtest/gtest.h>

#include "identity/test_world.h"

namespace weir::identity::test {
namespace {

Session opened(const FederatedUser& user, const KeyRing& ring) {
  return must(open_session(user.credentials.token, ring)).session;
}

class FederationToken : public testing::Test {
 protected:
  base::Result<FederatedUser> ask(const Principal& caller, FederationTokenRequest request) {
    return get_federation_token(caller, request, directory, ring, now, randomness);
  }
  Principal of_kind(policy::PrincipalKind kind) {
    Principal out;
    out.caller.kind = kind;
    out.caller.account = kEngineAccount;
    out.caller.unique_id = kind == policy::PrincipalKind::root ? kEngineAccount : "AIDAQQQQQQQQQQQQQQQQQ";
    return out;
  }

  base::SeededRandomness randomness{7};
  base::Instant now = base::from_epoch_seconds(1'800'000'000);
  KeyRing ring = KeyRing::fresh(now, randomness);
  Directory directory;
};

TEST_F(FederationToken, KeepsWhoMadeItAndItsOwnName) {
  auto user = must(ask(of_kind(policy::PrincipalKind::user), {.name = "bob", .tags = {{"team", "x"}}}));
  auto session = opened(user, ring);
  EXPECT_EQ(session.kind, SessionKind::federated);
  EXPECT_EQ(session.principal_id, "AIDAQQQQQQQQQQQQQQQQQ");
  EXPECT_EQ(session.name, "bob");
  EXPECT_EQ(user.arn, "arn:aws:sts::111122223333:federated-user/bob");
  EXPECT_EQ(session.expires - session.issued, std::chrono::hours(12));
}

TEST_F(FederationToken, RootsLastAnHourAtMost) {
  auto user = must(ask(of_kind(policy::PrincipalKind::root), {.name = "bob", .duration_s = 129600}));
  auto session = opened(user, ring);
  EXPECT_EQ(session.expires - session.issued, std::chrono::hours(1));
}

TEST_F(FederationToken, SessionsOfAnyKindMakeNone) {
  for (auto kind : {policy::PrincipalKind::role_session, policy::PrincipalKind::federated_user,
                    policy::PrincipalKind::service, policy::PrincipalKind::anonymous})
    EXPECT_EQ(ask(of_kind(kind), {.name = "bob"}).error().kind, base::Kind::denied);
  auto own_session = of_kind(policy::PrincipalKind::user);
  own_session.session = std::make_shared<const LiveSession>(Session{});
  EXPECT_EQ(ask(own_session, {.name = "bob"}).error().kind, base::Kind::denied);
}

TEST_F(FederationToken, AManagedPolicyMustBeThere) {
  auto refused = ask(of_kind(policy::PrincipalKind::user),
                     {.name = "bob", .policy_arns = {"arn:aws:iam::111122223333:policy/absent"}});
  EXPECT_EQ(refused.error().kind, base::Kind::invalid);
}

}  // namespace
}  // namespace weir::identity::test
