#include "identity/saml/replay.h"

#include <gtest/gtest.h>

namespace weir::identity::saml {
namespace {

const base::Instant kNow = base::from_epoch_seconds(1'800'000'000);
constexpr auto kMinute = std::chrono::minutes(1);

Use a_use(std::string id = "_a", std::string purpose = "AssumeRoleWithSAML arn:aws:iam::111122223333:role/r") {
  return {"https://idp.example.com", std::move(id), std::move(purpose), kNow + 5 * kMinute};
}

TEST(Replay, TheSameUseIsAdmittedOnce) {
  MemoryReplayGuard guard(10);
  EXPECT_TRUE(guard.admit(a_use(), kNow).ok());
  auto second = guard.admit(a_use(), kNow + kMinute);
  ASSERT_FALSE(second.ok());
  EXPECT_EQ(second.error().kind, base::Kind::unauthenticated);
}

TEST(Replay, AnotherPurposeAssertionOrIssuerIsAnotherUse) {
  MemoryReplayGuard guard(10);
  auto other_issuer = a_use();
  other_issuer.issuer = "https://second.example.com";
  for (const auto& use : {a_use(), a_use("_b"), a_use("_a", "AssumeDecoratedRoleWithSAML"), other_issuer})
    EXPECT_TRUE(guard.admit(use, kNow).ok());
}

TEST(Replay, AnAssertionOfOneUseHasNoPurpose) {
  Assertion assertion;
  assertion.id = "_a";
  assertion.not_on_or_after = kNow;
  EXPECT_EQ(use_of(assertion, "x", base::Seconds(180)).purpose, "x");
  EXPECT_EQ(use_of(assertion, "x", base::Seconds(180)).until, kNow + base::Seconds(180));
  assertion.one_time_use = true;
  EXPECT_EQ(use_of(assertion, "x", base::Seconds(180)).purpose, "");
}

TEST(Replay, WhatIsTooOldAnywayIsForgotten) {
  MemoryReplayGuard guard(10);
  EXPECT_TRUE(guard.admit(a_use("_a"), kNow).ok());
  EXPECT_FALSE(guard.admit(a_use("_a"), kNow + 5 * kMinute - std::chrono::microseconds(1)).ok());
  EXPECT_TRUE(guard.admit(a_use("_b"), kNow + 5 * kMinute).ok());
  EXPECT_EQ(guard.size(), 1U);
}

TEST(Replay, AFullMemoryAdmitsNobodyAndForgetsNobody) {
  MemoryReplayGuard guard(2);
  EXPECT_TRUE(guard.admit(a_use("_a"), kNow).ok());
  EXPECT_TRUE(guard.admit(a_use("_b"), kNow).ok());
  auto third = guard.admit(a_use("_c"), kNow);
  ASSERT_FALSE(third.ok());
  EXPECT_EQ(third.error().kind, base::Kind::unavailable);
  EXPECT_FALSE(guard.admit(a_use("_a"), kNow).ok());
}

TEST(Replay, KeysTellPartsApartWhereverTheyMeet) {
  Use one{"a", "bc", "d", kNow}, two{"ab", "c", "d", kNow}, three{"a", "b", "cd", kNow};
  EXPECT_NE(use_key(one), use_key(two));
  EXPECT_NE(use_key(one), use_key(three));
  EXPECT_EQ(use_key(one).size(), 64U);
}

TEST(Replay, AUseIsARecord) {
  auto again = base::decode_record<Use>(base::encode_record(a_use()));
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(use_key(*again), use_key(a_use()));
  EXPECT_EQ(again->until, a_use().until);
}

}  // namespace
}  // namespace weir::identity::saml
