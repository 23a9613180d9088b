#include "app/queries/queries.h"

#include <gtest/gtest.h>

namespace weir::app {
namespace {

identity::Principal session_of(const std::string& user_id, const identity::Session& session) {
  identity::Principal out;
  out.caller.account = "111122223333";
  out.caller.user_id = user_id;
  out.session = std::make_shared<const identity::LiveSession>(session);
  return out;
}

std::string person_of(const identity::Principal& caller) { return asker_of(caller).person; }

TEST(AskerOf, AUserIsTheSameWithAKeyAndWithASession) {
  identity::Principal by_key;
  by_key.caller.account = "111122223333";
  by_key.caller.user_id = "AIDAEXAMPLE";
  EXPECT_EQ(person_of(by_key), person_of(session_of("AIDAEXAMPLE", {})));
}

TEST(AskerOf, SessionsOfARoleThatAreNamedDifferentlyAreDifferentPersons) {
  EXPECT_EQ(person_of(session_of("AROAEXAMPLE:ann", {})), person_of(session_of("AROAEXAMPLE:ann", {})));
  EXPECT_NE(person_of(session_of("AROAEXAMPLE:ann", {})), person_of(session_of("AROAEXAMPLE:bob", {})));
}

// Every session of an identity pool has the same name.
TEST(AskerOf, WhoWasVouchedForIsToldApartByTheSubject) {
  auto signed_in = [](const std::string& provider, const std::string& subject) {
    identity::Session session;
    auto& who = session.sign_in.emplace();
    who.provider = provider;
    who.subject = subject;
    return person_of(session_of("AROAEXAMPLE:CognitoIdentityCredentials", session));
  };
  EXPECT_EQ(signed_in("pool", "ann"), signed_in("pool", "ann"));
  EXPECT_NE(signed_in("pool", "ann"), signed_in("pool", "bob"));
  EXPECT_NE(signed_in("pool", "ann"), signed_in("company", "ann"));
}

TEST(AskerOf, SourceIdentitiesAndSamlUsersTellApart) {
  identity::Session plain, from, decorated;
  from.source_identity = "ann";
  decorated.lake_formation_user = identity::LakeFormationUser{"arn:aws:iam::111122223333:saml-provider/p", "ann", {}};
  std::vector<std::string> persons;
  for (const auto& session : {plain, from, decorated})
    persons.push_back(person_of(session_of("AROAEXAMPLE:s", session)));
  EXPECT_NE(persons[0], persons[1]);
  EXPECT_NE(persons[0], persons[2]);
  EXPECT_NE(persons[1], persons[2]);
}

// Whoever assumes a role, or asks for a federated user's session, chooses its name.
TEST(AskerOf, AllSessionsOfARoleOrUserAreOfTheSameOneHoweverTheyAreNamed) {
  auto role_of = [](const std::string& unique_id, const std::string& user_id, const std::string& account = "1") {
    auto caller = session_of(user_id, {});
    caller.caller.unique_id = unique_id;
    caller.caller.account = account;
    return asker_of(caller).role;
  };
  auto ann = role_of("AROAEXAMPLE", "AROAEXAMPLE:ann");
  EXPECT_EQ(ann, role_of("AROAEXAMPLE", "AROAEXAMPLE:bob"));
  EXPECT_EQ(role_of("AIDAEXAMPLE", "1:ann"), role_of("AIDAEXAMPLE", "1:bob"));
  EXPECT_NE(ann, role_of("AROAOTHER", "AROAOTHER:ann"));
  EXPECT_NE(ann, role_of("AROAEXAMPLE", "AROAEXAMPLE:ann", "2"));
}

TEST(AskerOf, TheAccountIsTheRolesOwn) {
  EXPECT_EQ(asker_of(session_of("AROAEXAMPLE:ann", {})).account, "111122223333");
}

}  // namespace
}  // namespace weir::app
