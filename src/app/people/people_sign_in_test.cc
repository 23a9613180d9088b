#include "app/people/people_sign_in.h"

#include <gtest/gtest.h>

#include "app/organizations/accounts.h"
#include "app/people/own_account.h"
#include "app/people/people_of_pool.h"
#include "app/people/user_pools.h"
#include "app/test_lake.h"
#include "people/person_records.h"

namespace weir::app {
namespace {

constexpr char kAccount[] = "111122223333";
constexpr char kTemporary[] = "Temp0rary!", kOwn[] = "Corr3ct!horse";

// Chance that lets something else happen first, once.
class MeddlingRandomness final : public base::Randomness {
 public:
  std::string bytes(size_t n) override {
    if (meanwhile) std::exchange(meanwhile, nullptr)();
    return of_.bytes(n);
  }
  std::function<void()> meanwhile;

 private:
  base::SystemRandomness of_;
};

// Time passes here as the test says: what ends, what waits and what counts once.
class PeopleSignInTest : public testing::Test {
 protected:
  PeopleSignInTest() {
    test::TestLake::must(make_account());
    people::UserPool pool;
    pool.name = "people";
    auto call = lake_.call(kAccount);
    pool_ = create_user_pool(call, pool).value().id;
    people::PoolClient client;
    client.pool = pool_;
    client.flows = {"ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"};
    client_ = create_pool_client(call, client, false).value().client.id;
    NewPerson ann{.pool = pool_, .username = "ann"};
    ann.password = base::Secret(kTemporary);
    ann.invitation = Invitation::suppress;
    test::TestLake::must(admin_create_person(call, ann).ok() ? base::Status() : base::internal("ann was not made"));
  }

  base::Status make_account() {
    NewAccount account{names::AccountId::parse(kAccount).value(), "people", {}, std::nullopt};
    auto made = create_account(lake_.store, account, lake_.keys, lake_.clock.now(), lake_.randomness);
    return made.ok() ? base::Status() : base::Status(made.error());
  }
  base::Result<SignInAnswer> by_password(const std::string& password) {
    auto call = lake_.call(kAccount);
    return initiate_sign_in(
        call,
        {.client = client_, .name = "USER_PASSWORD_AUTH", .parameters = {{"USERNAME", "ann"}, {"PASSWORD", password}}});
  }
  base::Result<SignInAnswer> with_new_password(const std::string& session) {
    auto call = lake_.call(kAccount);
    return respond_to_challenge(call, {.client = client_,
                                       .name = "NEW_PASSWORD_REQUIRED",
                                       .session = session,
                                       .parameters = {{"USERNAME", "ann"}, {"NEW_PASSWORD", kOwn}}});
  }
  Tokens signed_in() { return with_new_password(by_password(kTemporary).value().session).value().tokens.value(); }
  base::Result<Tokens> renewed(const base::Secret& token) {
    auto call = lake_.call(kAccount);
    return refresh_tokens(call, {client_, token.reveal()});
  }

  test::TestLake lake_;
  std::string pool_, client_;
};

TEST_F(PeopleSignInTest, ATemporaryPasswordExpires) {
  lake_.clock.advance(std::chrono::hours(24 * 7) - std::chrono::seconds(1));
  EXPECT_TRUE(by_password(kTemporary).ok());
  lake_.clock.advance(std::chrono::seconds(1));
  auto refused = by_password(kTemporary);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().says, "Temporary password has expired and must be reset by an administrator.");
  EXPECT_EQ(by_password("Wr0ng!one").error().says, "Incorrect username or password.") << "told to who knows it only";
}

TEST_F(PeopleSignInTest, NobodySignsInWhereTheAccountIsNotOpen) {
  auto call = lake_.call("444455556666");
  people::UserPool pool;
  pool.name = "closed";
  people::PoolClient client;
  client.pool = create_user_pool(call, pool).value().id;
  client.flows = {"ALLOW_USER_PASSWORD_AUTH"};
  client_ = create_pool_client(call, client, false).value().client.id;
  EXPECT_EQ(by_password(kTemporary).error().kind, base::Kind::not_found);
}

TEST_F(PeopleSignInTest, ASessionEndsAndCountsOnce) {
  auto session = by_password(kTemporary).value().session;
  lake_.clock.advance(std::chrono::minutes(3));
  EXPECT_FALSE(with_new_password(session).ok());
  session = by_password(kTemporary).value().session;
  EXPECT_TRUE(with_new_password(session).ok());
  EXPECT_FALSE(with_new_password(session).ok());
}

TEST_F(PeopleSignInTest, AnAccessTokenAndARefreshTokenEnd) {
  auto tokens = signed_in();
  auto holder = [&] {
    auto call = lake_.call(kAccount);
    return holder_of(call, tokens.access).ok();
  };
  EXPECT_TRUE(holder());
  lake_.clock.advance(std::chrono::hours(1));
  EXPECT_FALSE(holder());
  EXPECT_TRUE(renewed(*tokens.refresh).ok());
  lake_.clock.advance(std::chrono::hours(24 * 30));
  EXPECT_FALSE(renewed(*tokens.refresh).ok());
}

// The work on a new password takes a while, in which its token may be revoked.
TEST_F(PeopleSignInTest, ASignInThatEndsWhileItsPasswordChangesStaysEnded) {
  auto tokens = signed_in();
  MeddlingRandomness chance;
  Lake slow{lake_.store, lake_.objects, lake_.journal, lake_.governance, lake_.tables,
            lake_.keys,  lake_.clock,   chance,        "us-east-1"};
  auto caller = std::make_shared<identity::Principal>(lake_.call(kAccount).caller());
  Facts facts;
  facts.now = lake_.clock.now();
  Call call(slow, lake_.governance.current().value(), caller, facts);
  bool ended = false;
  chance.meanwhile = [&] {
    auto other = lake_.call(kAccount);
    ended = sign_out_everywhere(other, tokens.access).ok();
  };
  EXPECT_FALSE(change_own_password(call, tokens.access, base::Secret(kOwn), base::Secret("An0ther!horse")).ok());
  EXPECT_TRUE(ended);
  EXPECT_FALSE(renewed(*tokens.refresh).ok());
  EXPECT_TRUE(by_password(kOwn).ok()) << "the password stays as it was";
}

TEST_F(PeopleSignInTest, GuessesWaitLongerAndLongerAndARightOneInTimeIsTaken) {
  signed_in();
  for (int i = 0; i < 5; ++i) EXPECT_EQ(by_password("Wr0ng!one").error().log, "wrong password");
  EXPECT_EQ(by_password(kOwn).error().log, "too many attempts");
  lake_.clock.advance(std::chrono::seconds(1));
  EXPECT_EQ(by_password("Wr0ng!one").error().log, "wrong password");
  lake_.clock.advance(std::chrono::seconds(1));
  EXPECT_EQ(by_password(kOwn).error().log, "too many attempts");
  lake_.clock.advance(std::chrono::seconds(1));
  EXPECT_TRUE(by_password(kOwn).ok());
  EXPECT_EQ(by_password("Wr0ng!one").error().log, "wrong password");
}

TEST_F(PeopleSignInTest, ThereAreSoManySignInsOfAPersonAndTheOldestGoesFirst) {
  auto first = signed_in();
  for (size_t i = 0; i < 3; ++i) {
    lake_.clock.advance(std::chrono::seconds(1));
    EXPECT_TRUE(by_password(kOwn).ok());
  }
  EXPECT_TRUE(renewed(*first.refresh).ok());
  lake_.write([&](store::Transaction& tx) -> base::Status {
    people::SignInRecords records(tx);
    WEIR_TRY(auto ann, people::PersonRecords(tx).find(pool_, "ann"));
    auto now = lake_.clock.now();
    for (size_t i = 0; i < people::kSignInsMax; ++i) {
      people::SignIn one;
      one.id = std::to_string(i);
      one.pool = pool_;
      one.sub = ann->sub;
      one.signed_in = now;
      one.until = now + std::chrono::hours(1);
      WEIR_CHECK_OK(records.add(one, now));
    }
    return {};
  });
  EXPECT_FALSE(renewed(*first.refresh).ok());
}

}  // namespace
}  // namespace weir::app
