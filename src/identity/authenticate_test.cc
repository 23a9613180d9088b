#include "identity/authenticate.h"

#include <gtest/gtest.h>

#include "identity/test_world.h"

namespace weir::identity {
namespace {

using namespace test;
using base::Kind;

struct Authenticating : testing::Test {
  World world;
  User ann = world.user(kEngineAccount, "ann", allow("sts:*"));
  MadeKey key = world.key_for(kEngineAccount, ann.id);
  Role role = world.role(kEngineAccount, "reader", trusting(ann.arn()), allow("s3:*"));
  Credentials session = must(world.assume(*world.principal(ann), {role.arn(), "query-1"})).credentials;

  void expect_refused(const base::Result<Authenticated>& answer, Kind kind, std::string_view about) {
    ASSERT_FALSE(answer.ok());
    EXPECT_EQ(answer.error().kind, kind);
    EXPECT_EQ(answer.error().about, about);
  }
};

TEST_F(Authenticating, LongTermKeyIsItsUser) {
  auto who = must(world.authenticate(key.key.id));
  EXPECT_EQ(who.principal->arn(), "arn:aws:iam::111122223333:user/ann");
  EXPECT_EQ(who.principal->caller.user_id, ann.id);
  EXPECT_EQ(who.secret->reveal(), key.secret.reveal());
  EXPECT_EQ(who.principal->session, nullptr);
}

TEST_F(Authenticating, RootKeyIsTheAccount) {
  auto root = world.key_for(kLakeAccount, kLakeAccount);
  auto who = must(world.authenticate(root.key.id));
  EXPECT_EQ(who.principal->arn(), "arn:aws:iam::222233334444:root");
  EXPECT_EQ(who.principal->caller.user_id, kLakeAccount);
  EXPECT_TRUE(world.ask(*who.principal, "glue:GetTable", "*").allowed());
}

TEST_F(Authenticating, UnknownInactiveAndDeletedKeysAreRefused) {
  expect_refused(world.authenticate("AKIAQAAAAAAAAAAAAAAA"), Kind::unauthenticated, "access key");
  expect_refused(world.authenticate(""), Kind::unauthenticated, "access key");
  auto set = [&](KeyStatus status) {
    world.write([&](store::Transaction& tx) {
      return AccessKeyRecords(tx, account(kEngineAccount)).set_status(ann.id, key.key.id, status);
    });
  };
  set(KeyStatus::inactive);
  expect_refused(world.authenticate(key.key.id), Kind::unauthenticated, "access key");
  set(KeyStatus::active);
  EXPECT_TRUE(world.authenticate(key.key.id).ok());
  world.write(
      [&](store::Transaction& tx) { return AccessKeyRecords(tx, account(kEngineAccount)).erase(ann.id, key.key.id); });
  expect_refused(world.authenticate(key.key.id), Kind::unauthenticated, "access key");
}

TEST_F(Authenticating, TokenAndKeyBelongTogether) {
  expect_refused(world.authenticate(key.key.id, session.token), Kind::unauthenticated, "token");
  expect_refused(world.authenticate(key.key.id, ""), Kind::unauthenticated, "token");
  expect_refused(world.authenticate(session.access_key_id), Kind::unauthenticated, "access key");
  expect_refused(world.authenticate(session.access_key_id, ""), Kind::unauthenticated, "access key");
  auto other = must(world.assume(*world.principal(ann), {role.arn(), "query-2"})).credentials;
  expect_refused(world.authenticate(other.access_key_id, session.token), Kind::unauthenticated, "token");
  EXPECT_TRUE(world.authenticate(session).ok());
  expect_refused(world.authenticate(other.access_key_id, session.token), Kind::unauthenticated, "token");
}

TEST_F(Authenticating, RoleSessionIsItsRole) {
  auto who = must(world.authenticate(session));
  EXPECT_EQ(who.principal->arn(), "arn:aws:sts::111122223333:assumed-role/reader/query-1");
  EXPECT_EQ(who.principal->caller.user_id, role.id + ":query-1");
  EXPECT_EQ(lake_formation_principal(*who.principal), role.arn());
  EXPECT_EQ(who.secret->reveal(), session.secret.reveal());
}

TEST_F(Authenticating, BentTokenIsRefusedAlsoWhenTheRightOneIsCached) {
  EXPECT_TRUE(world.authenticate(session).ok());
  auto bent = session.token;
  bent.back() = bent.back() == 'A' ? 'B' : 'A';
  expect_refused(world.authenticate(session.access_key_id, bent), Kind::unauthenticated, "token");
  expect_refused(world.authenticate(session.access_key_id, session.token + "A"), Kind::unauthenticated, "token");
  EXPECT_TRUE(world.authenticate(session).ok());
}

TEST_F(Authenticating, SessionEndsAtItsMoment) {
  EXPECT_TRUE(world.authenticate(session).ok());
  world.now = session.expires - std::chrono::microseconds(1);
  EXPECT_TRUE(world.authenticate(session).ok());
  world.now = session.expires;
  expect_refused(world.authenticate(session), Kind::expired, "token");
}

TEST_F(Authenticating, ExpiryHoldsForCachedSessionsToo) {
  world.now = session.expires - std::chrono::seconds(2);
  EXPECT_TRUE(world.authenticate(session).ok());
  world.now = session.expires;
  expect_refused(world.authenticate(session), Kind::expired, "token");
}

TEST_F(Authenticating, SessionOfARetiredKeyIsExpired) {
  auto before = world.ring;
  world.ring = before.rotated(KeyUse::session, world.now, world.randomness);
  world.cache.clear();
  EXPECT_TRUE(world.authenticate(session).ok());
  world.ring = KeyRing::fresh(world.now, world.randomness);
  world.cache.clear();
  expect_refused(world.authenticate(session), Kind::expired, "token");
}

TEST_F(Authenticating, SessionOfADeletedRoleIsDeadAndStaysDead) {
  EXPECT_TRUE(world.authenticate(session).ok());
  world.write([&](store::Transaction& tx) -> base::Status {
    RoleRecords roles(tx, account(kEngineAccount));
    WEIR_CHECK_OK(roles.erase_policy("reader", "own"));
    return roles.erase("reader");
  });
  expect_refused(world.authenticate(session), Kind::unauthenticated, "token");
  world.role(kEngineAccount, "reader", trusting(ann.arn()), allow("s3:*"));
  expect_refused(world.authenticate(session), Kind::unauthenticated, "token");
}

TEST_F(Authenticating, SessionOfADeletedUserIsDead) {
  auto bob = world.user(kEngineAccount, "bob");
  auto token = must(get_session_token(*world.principal(bob), {}, world.ring, world.now, world.randomness));
  EXPECT_TRUE(world.authenticate(token).ok());
  world.write([&](store::Transaction& tx) { return UserRecords(tx, account(kEngineAccount)).erase("bob"); });
  expect_refused(world.authenticate(token), Kind::unauthenticated, "token");
  world.user(kEngineAccount, "bob");
  expect_refused(world.authenticate(token), Kind::unauthenticated, "token");
}

// Sessions of whom a company's provider signed in, decorated or not.
struct AuthenticatingPeople : Authenticating {
  SamlProvider idp = world.saml_provider(kEngineAccount, "idp");

  Credentials signed_in(const std::string& provider_id, bool decorated) {
    auto made = world.principal(session)->session->session;
    SignIn how;
    how.provider = idp.arn();
    how.subject = "ann";
    how.provider_id = provider_id;
    made.sign_in = how;
    if (decorated) made.lake_formation_user = LakeFormationUser{idp.arn(), "ann", {"hr"}};
    return must(mint(made, base::Seconds(3600), world.ring, world.now, world.randomness));
  }
  std::vector<Credentials> sessions_of(const std::string& provider_id) {
    return {signed_in(provider_id, false), signed_in(provider_id, true)};
  }
  void make_again() {
    world.erase_saml_provider(kEngineAccount, "idp");
    idp = world.saml_provider(kEngineAccount, "idp");
  }
};

TEST_F(AuthenticatingPeople, TheyEndWithTheirProviderAndWithAnotherOfItsName) {
  auto people = sessions_of(idp.uuid);
  std::vector<PrincipalPtr> before;
  for (const auto& one : people) before.push_back(world.principal(one));
  world.erase_saml_provider(kEngineAccount, "idp");
  for (const auto& one : people) expect_refused(world.authenticate(one), Kind::unauthenticated, "token");
  idp = world.saml_provider(kEngineAccount, "idp");  // in the same second
  for (const auto& one : people) expect_refused(world.authenticate(one), Kind::unauthenticated, "token");
  for (const auto& one : before) {
    auto again = authenticate_again(*one, one->session->session.access_key_id, *world.directory(), world.now);
    ASSERT_FALSE(again.ok());
    EXPECT_EQ(again.error().about, "token");
  }
  for (const auto& one : sessions_of(idp.uuid)) EXPECT_TRUE(world.authenticate(one).ok());
}

TEST_F(AuthenticatingPeople, WhatTheEarlierCodeSealedEndsWithTheProviderToo) {
  world.now += base::Seconds(60);
  auto older = sessions_of("");
  for (const auto& one : older) EXPECT_TRUE(world.authenticate(one).ok());
  world.now += base::Seconds(1);
  make_again();
  for (const auto& one : older) expect_refused(world.authenticate(one), Kind::unauthenticated, "token");
}

TEST_F(AuthenticatingPeople, AnotherProviderIsNoConcernOfTheirs) {
  auto people = sessions_of(idp.uuid);
  world.saml_provider(kEngineAccount, "other");
  world.erase_saml_provider(kEngineAccount, "other");
  world.write([&](store::Transaction& tx) {
    return SamlProviderRecords(tx, account(kEngineAccount)).tag("idp", {{"a", "b"}});
  });
  for (const auto& one : people) EXPECT_TRUE(world.authenticate(one).ok());
}

TEST_F(Authenticating, AccountEndsAllItsSessionsAtOnce) {
  EXPECT_TRUE(world.authenticate(session).ok());
  world.now += std::chrono::seconds(10);
  world.write([&](store::Transaction& tx) {
    return AccountRecords(tx).end_sessions_before(account(kEngineAccount), world.now);
  });
  expect_refused(world.authenticate(session), Kind::expired, "token");
  auto fresh = must(world.assume(*world.principal(ann), {role.arn(), "query-2"})).credentials;
  EXPECT_TRUE(world.authenticate(fresh).ok());
}

// Whoever has a session or a key, asked again later.
struct AuthenticatingAgain : Authenticating {
  base::Result<PrincipalPtr> again(const PrincipalPtr& earlier, const std::string& id) {
    return authenticate_again(*earlier, id, *world.directory(), world.now);
  }
};

TEST_F(AuthenticatingAgain, WhoIsStillThereIsLetIn) {
  auto user = must(world.authenticate(key.key.id)).principal;
  EXPECT_EQ(must(again(user, key.key.id))->arn(), user->arn());
  auto role_session = must(world.authenticate(session)).principal;
  EXPECT_EQ(must(again(role_session, session.access_key_id))->arn(), role_session->arn());
}

TEST_F(AuthenticatingAgain, AKeyThatWasSwitchedOffIsRefused) {
  auto user = must(world.authenticate(key.key.id)).principal;
  world.write([&](store::Transaction& tx) {
    return AccessKeyRecords(tx, account(kEngineAccount)).set_status(ann.id, key.key.id, KeyStatus::inactive);
  });
  EXPECT_EQ(again(user, key.key.id).error().kind, Kind::unauthenticated);
}

TEST_F(AuthenticatingAgain, AKeyIsItsOwnersAlone) {
  auto user = must(world.authenticate(key.key.id)).principal;
  auto root = world.key_for(kEngineAccount, kEngineAccount);
  EXPECT_EQ(again(user, root.key.id).error().kind, Kind::unauthenticated);
}

TEST_F(AuthenticatingAgain, ASessionEndsAtItsMoment) {
  auto role_session = must(world.authenticate(session)).principal;
  world.now = session.expires;
  EXPECT_EQ(again(role_session, session.access_key_id).error().kind, Kind::expired);
}

TEST_F(Authenticating, RevokingOlderSessionsByPolicyEndsThemAndSparesNewOnes) {
  auto old = must(world.authenticate(session)).principal;
  EXPECT_TRUE(world.ask(*old, "s3:GetObject", "arn:aws:s3:::b/k").allowed());
  world.now += std::chrono::seconds(60);
  world.write([&](store::Transaction& tx) {
    return RoleRecords(tx, account(kEngineAccount))
        .put_policy("reader", "AWSRevokeOlderSessions",
                    policy(R"({"Effect":"Deny","Action":"*","Resource":"*","Condition":{"DateLessThan":)"
                           R"({"aws:TokenIssueTime":")" +
                           base::to_iso8601_millis(world.now) + R"("}}})"));
  });
  EXPECT_FALSE(world.ask(*old, "s3:GetObject", "arn:aws:s3:::b/k").allowed());
  world.now += std::chrono::seconds(1);
  auto fresh = must(world.assume(*world.principal(ann), {role.arn(), "query-2"})).credentials;
  EXPECT_TRUE(world.ask(*world.principal(fresh), "s3:GetObject", "arn:aws:s3:::b/k").allowed());
}

TEST_F(Authenticating, TagsOfTheRoleActAtOnceOnRunningSessions) {
  EXPECT_TRUE(world.principal(session)->tags.empty());
  world.write([&](store::Transaction& tx) {
    return RoleRecords(tx, account(kEngineAccount)).tag("reader", {{"team", "sales"}});
  });
  EXPECT_EQ(world.principal(session)->tags, (Tags{{"team", "sales"}}));
}

TEST_F(Authenticating, PrincipalIsMadeOnceWhileNothingChanges) {
  EXPECT_EQ(world.principal(session), world.principal(session));
  EXPECT_EQ(must(world.authenticate(key.key.id)).principal, must(world.authenticate(key.key.id)).principal);
}

TEST_F(Authenticating, SealedSecretMovedToAnotherKeyDoesNotOpen) {
  auto other = world.key_for(kEngineAccount, ann.id);
  world.write([&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(auto record, load<AccessKey>(tx, keys::access_key(key.key.id)));
    record->sealed_secret = other.key.sealed_secret;
    return save(tx, keys::access_key(key.key.id), *record);
  });
  EXPECT_EQ(world.authenticate(key.key.id).error().kind, Kind::internal);
}

TEST_F(Authenticating, StorageKeysRotateWithoutAnybodyNoticing) {
  auto next = world.ring.rotated(KeyUse::storage, world.now, world.randomness);
  size_t done = 0;
  world.write([&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(done, seal_access_keys_anew(tx, next, 100, world.randomness));
    return {};
  });
  EXPECT_EQ(done, 1u);
  world.ring = next.retire_storage_keys(world.now);
  EXPECT_EQ(must(world.authenticate(key.key.id)).secret->reveal(), key.secret.reveal());
}

TEST_F(Authenticating, AdoptedKeyWorksWhateverItsForm) {
  world.write([&](store::Transaction& tx) -> base::Status {
    auto adopted = AccessKeyRecords(tx, account(kLakeAccount))
                       .adopt("AKIAIOSFODNN7EXAMPLE", base::Secret("a-secret-of-somebody"), kLakeAccount, world.ring,
                              world.now, world.randomness);
    return adopted.ok() ? base::Status() : base::Status(adopted.error());
  });
  EXPECT_EQ(must(world.authenticate("AKIAIOSFODNN7EXAMPLE")).principal->account(), kLakeAccount);
}

// --- The cache

struct Caching : Authenticating {
  std::shared_ptr<const VerifiedSession> verified(const Credentials& credentials) {
    return std::make_shared<const VerifiedSession>(must(open_session(credentials.token, world.ring)));
  }
};

TEST_F(Caching, EntryLivesItsTimeHoweverOftenItIsUsed) {
  TokenCache cache(16, base::Seconds(60));
  cache.put(session.token, verified(session), world.now);
  EXPECT_TRUE(cache.find(session.access_key_id, session.token, world.now + base::Seconds(59)));
  EXPECT_FALSE(cache.find(session.access_key_id, session.token, world.now + base::Seconds(60)));
  EXPECT_EQ(cache.size(), 0u);
}

TEST_F(Caching, CapacityIsABound) {
  TokenCache cache(32, base::Seconds(60));
  auto one = must(open_session(session.token, world.ring));
  for (int i = 0; i < 1000; ++i) {
    auto copy = one;
    copy.session.access_key_id = "ASIA" + std::to_string(i);
    cache.put("token", std::make_shared<const VerifiedSession>(std::move(copy)), world.now);
  }
  EXPECT_LE(cache.size(), 32u);
  EXPECT_GT(cache.size(), 16u);
}

TEST_F(Caching, SameKeyIdWithAnotherTokenReplaces) {
  TokenCache cache(16, base::Seconds(60));
  cache.put("one", verified(session), world.now);
  cache.put("two", verified(session), world.now);
  EXPECT_FALSE(cache.find(session.access_key_id, "one", world.now));
  EXPECT_TRUE(cache.find(session.access_key_id, "two", world.now));
  EXPECT_EQ(cache.size(), 1u);
  cache.clear();
  EXPECT_FALSE(cache.find(session.access_key_id, "two", world.now));
}

}  // namespace
}  // namespace weir::identity
