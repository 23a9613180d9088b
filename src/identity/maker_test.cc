#include "identity/maker.h"

#include <gtest/gtest.h>

#include "identity/test_world.h"

namespace weir::identity {
namespace {

using namespace test;

struct Making : testing::Test {
  World world;
  User ann = world.user(kEngineAccount, "ann", allow("sts:*"));
  Role first = world.role(kEngineAccount, "first", everybody(), allow("sts:*"));
  Role second = world.role(kEngineAccount, "second", everybody());

  SamlProvider idp = world.saml_provider(kEngineAccount, "idp");
  const std::string provider = idp.arn();

  SignIn word(const std::string& subject, const std::string& type, std::vector<std::string> addresses = {}) const {
    SignIn out;
    out.provider = idp.arn();
    out.provider_id = idp.uuid;
    out.subject = subject;
    out.subject_type = type;
    out.addresses = std::move(addresses);
    return out;
  }
  static std::string everybody() { return trusting("*"); }
  PrincipalPtr become(const Principal& caller, const Role& role, const std::string& name = "session") {
    return world.principal(must(world.assume(caller, {role.arn(), name})).credentials);
  }
  // A session of `first` on a provider's word, as it comes out of its token.
  PrincipalPtr signed_in(SignIn how, std::optional<LakeFormationUser> decorated = {}) {
    auto session = world.session_of(first)->session->session;
    session.maker.reset();
    session.sign_in = std::move(how);
    session.lake_formation_user = std::move(decorated);
    return world.principal(must(mint(session, base::Seconds(3600), world.ring, world.now, world.randomness)));
  }
};

TEST_F(Making, AUserStaysTheMakerThroughEveryRole) {
  Maker user{{}, ann.id, ann.arn()};
  auto there = world.principal(ann);
  EXPECT_EQ(maker_of(*there), user);
  auto one = become(*there, first), two = become(*one, second);
  EXPECT_EQ(one->session->session.maker, user);
  EXPECT_EQ(two->session->session.maker, user);
  EXPECT_EQ(maker_of(*two), user);
  EXPECT_EQ(name_of(maker_of(*two)), ann.id);
}

TEST_F(Making, ASessionTokenIsItsUser) {
  auto token = must(get_session_token(*world.principal(ann), {}, world.ring, world.now, world.randomness));
  auto as_user = world.principal(token);
  EXPECT_EQ(maker_of(*as_user).id, ann.id);
  EXPECT_EQ(become(*as_user, first)->session->session.maker->id, ann.id);
}

TEST_F(Making, TwoUsersOfOneRoleAreTwoMakers) {
  auto bob = world.user(kEngineAccount, "bob", allow("sts:*"));
  EXPECT_NE(maker_of(*become(*world.principal(ann), first)), maker_of(*become(*world.principal(bob), first)));
}

TEST_F(Making, WhoSignedInIsTheSubjectAtItsProvider) {
  auto there = signed_in(word("E7", "persistent", {"a@x.example"}));
  Maker made{provider, "E7", {}, {"a@x.example"}};
  EXPECT_EQ(maker_of(*there), made);
  EXPECT_EQ(name_of(made), provider + "/E7");
  auto next = become(*there, second);
  EXPECT_EQ(next->session->session.maker, made);
  EXPECT_FALSE(next->session->session.sign_in.has_value());
}

TEST_F(Making, ADecoratedSessionIsItsLakeFormationUserToo) {
  auto there = signed_in(word("E7", "persistent"), LakeFormationUser{provider, "ann", {"hr"}});
  EXPECT_EQ(become(*there, second)->session->session.maker->arn, provider + ":user/ann");
}

// Another sign-in of the same person has another name: both are the role.
TEST_F(Making, ANameThatDoesNotLastIsTheRoleBesides) {
  auto there = signed_in(word("_x1", "transient"));
  EXPECT_EQ(become(*there, second)->session->session.maker->arn, first.arn());
}

TEST_F(Making, OfAnOlderTokenTheRoleIsTheMaker) {
  auto session = world.session_of(first)->session->session;
  session.maker.reset();
  auto older = world.principal(must(mint(session, base::Seconds(3600), world.ring, world.now, world.randomness)));
  EXPECT_EQ(become(*older, second)->session->session.maker, (Maker{{}, first.id, first.arn()}));
}

TEST_F(Making, AnAddressThatASessionWasCalledByGoesAlong) {
  auto one = become(*world.principal(ann), first, "ann@x.example");
  auto two = become(*one, second, "plain");
  EXPECT_EQ(two->session->session.maker->addresses, std::vector<std::string>{"ann@x.example"});
  EXPECT_EQ(become(*become(*one, first, "ann@x.example"), second)->session->session.maker->addresses.size(), 1u);
}

TEST_F(Making, AServiceIsNobodysMaker) {
  auto open = world.role(kEngineAccount, "machine",
                         policy(trust_statement(R"({"Service":"states.amazonaws.com"})", "sts:AssumeRole")));
  auto made = must(world.assume(service_principal("states.amazonaws.com"), {open.arn(), "run"}));
  auto there = world.principal(made.credentials);
  EXPECT_FALSE(there->session->session.maker.has_value());
  EXPECT_EQ(maker_of(*there).arn, open.arn());
}

}  // namespace
}  // namespace weir::identity
