#include "identity/oidc/key_source.h"

#include <gtest/gtest.h>

#include "identity/oidc/golden.h"

namespace weir::identity::oidc {
namespace {

const base::Instant kNow = base::from_epoch_seconds(1'800'000'000);
constexpr base::Seconds kSecond{1};
constexpr std::string_view kIssuer = "https://token.actions.githubusercontent.com";

Address address(std::string kid = "k1") { return {std::string(kIssuer), std::move(kid), Algorithm::rs256}; }

std::string description() {
  return R"({"issuer":")" + std::string(kIssuer) + R"(","jwks_uri":"https://keys.example.com/jwks"})";
}

KeySource source() { return {std::string(kIssuer), Transport::https_only}; }

// What the issuer would answer.
void answer(KeySource& source, const Fetch& fetch, base::Instant now) {
  auto text = fetch.what == Fetch::What::discovery ? description() : golden_text("keys.json");
  ASSERT_TRUE(source.learned(fetch, text, now).ok());
}

// How many questions one token costs, each of them answered.
int questions(KeySource& source, const Address& of, base::Instant now) {
  int count = 0;
  while (auto fetch = source.begin(of, now)) answer(source, *fetch, now), ++count;
  return count;
}

TEST(KeySource, AsksForTheDescriptionThenForTheKeysThenNothing) {
  auto keys = source();
  EXPECT_FALSE(keys.keys(kNow).ok());
  auto first = keys.begin(address(), kNow);
  ASSERT_TRUE(first);
  EXPECT_EQ(first->url, std::string(kIssuer) + "/.well-known/openid-configuration");
  answer(keys, *first, kNow);
  auto second = keys.begin(address(), kNow);
  ASSERT_TRUE(second);
  EXPECT_EQ(second->url, "https://keys.example.com/jwks");
  answer(keys, *second, kNow);
  EXPECT_FALSE(keys.begin(address(), kNow));
  EXPECT_TRUE(keys.keys(kNow).ok());
}

TEST(KeySource, OneQuestionIsOutAtATime) {
  auto keys = source();
  ASSERT_TRUE(keys.begin(address(), kNow));
  EXPECT_FALSE(keys.begin(address(), kNow));
  EXPECT_TRUE(keys.begin(address(), kNow + base::Seconds(30))) << "an answer that never comes is not waited for";
}

TEST(KeySource, AnUnknownKidAsksAgainOnceAMinute) {
  auto keys = source();
  EXPECT_EQ(questions(keys, address(), kNow), 2);
  int asked = 0;
  for (int second = 0; second < 600; ++second) asked += questions(keys, address("attack"), kNow + second * kSecond);
  EXPECT_EQ(asked, 9);
  EXPECT_EQ(questions(keys, address(), kNow + 600 * kSecond), 0);
}

TEST(KeySource, KeysAreAskedForAgainAfterAnHour) {
  auto keys = source();
  questions(keys, address(), kNow);
  EXPECT_EQ(questions(keys, address(), kNow + std::chrono::minutes(59)), 0);
  EXPECT_EQ(questions(keys, address(), kNow + std::chrono::minutes(60)), 2);
}

TEST(KeySource, OldKeysServeWhileNobodyAnswersAndNoLonger) {
  auto keys = source();
  questions(keys, address(), kNow);
  for (auto hour : {1, 2, 3, 4, 5}) {
    auto now = kNow + std::chrono::hours(hour);
    ASSERT_TRUE(keys.begin(address(), now));
    keys.failed(now);
    EXPECT_TRUE(keys.keys(now).ok());
  }
  auto late = keys.keys(kNow + std::chrono::hours(6));
  ASSERT_FALSE(late.ok());
  EXPECT_EQ(late.error().kind, base::Kind::unavailable);
}

TEST(KeySource, AFailureDelaysTheNextQuestion) {
  auto keys = source();
  ASSERT_TRUE(keys.begin(address(), kNow));
  keys.failed(kNow + kSecond);
  EXPECT_FALSE(keys.begin(address(), kNow + 30 * kSecond));
  EXPECT_TRUE(keys.begin(address(), kNow + 31 * kSecond));
}

TEST(KeySource, AnAnswerThatCannotBeUsedChangesNoKey) {
  auto keys = source();
  questions(keys, address(), kNow);
  auto before = keys.keys(kNow);
  auto now = kNow + std::chrono::hours(1);
  answer(keys, *keys.begin(address(), now), now);
  auto fetch = keys.begin(address(), now);
  ASSERT_TRUE(fetch);
  EXPECT_FALSE(keys.learned(*fetch, R"({"keys":[]})", now).ok());
  auto after = keys.keys(now);
  ASSERT_TRUE(before.ok() && after.ok());
  EXPECT_EQ(*before, *after);
  EXPECT_FALSE(keys.begin(address(), now)) << "and is not asked for again at once";
}

TEST(KeySource, ADescriptionOfAnotherIssuerIsNoDescription) {
  auto keys = source();
  auto fetch = keys.begin(address(), kNow);
  ASSERT_TRUE(fetch);
  EXPECT_FALSE(
      keys.learned(*fetch, R"({"issuer":"https://evil.example.com","jwks_uri":"https://evil.example.com/k"})", kNow)
          .ok());
  auto again = keys.begin(address(), kNow + std::chrono::minutes(1));
  ASSERT_TRUE(again);
  EXPECT_EQ(again->what, Fetch::What::discovery);
}

TEST(KeySource, ATokenOfAnotherIssuerAsksForNothing) {
  auto keys = source();
  EXPECT_FALSE(keys.begin({"https://evil.example.com", "k1", Algorithm::rs256}, kNow));
}

}  // namespace
}  // namespace weir::identity::oidc
