#include "app/sessions/federation_replay.h"

#include <gtest/gtest.h>

#include <thread>

#include "store/memory_store.h"

namespace weir::app {
namespace {

using identity::saml::Use;

const base::Instant kNow = base::from_epoch_seconds(1'800'000'000);
constexpr base::Seconds kMinutes{300};

Use use(std::string id, std::string purpose = "role", base::Instant until = kNow + kMinutes) {
  return {"https://idp.example.com", std::move(id), std::move(purpose), until};
}

size_t records(store::Store& store) {
  auto tx = store.begin(store::Mode::read).value();
  return tx->scan({}, SIZE_MAX).value().size();
}

class Replay : public testing::Test {
 protected:
  store::MemoryStore store;
  StoredReplayGuard guard{store};
};

TEST_F(Replay, AUseIsAdmittedOnceUntilItEnds) {
  ASSERT_TRUE(guard.admit(use("a"), kNow).ok());
  auto again = guard.admit(use("a"), kNow + kMinutes - base::Seconds(1));
  ASSERT_FALSE(again.ok());
  EXPECT_EQ(again.error().kind, base::Kind::unauthenticated);
  EXPECT_EQ(again.error().about, "identity token");
  EXPECT_TRUE(guard.admit(use("a", "role", kNow + 2 * kMinutes), kNow + kMinutes).ok());
}

TEST_F(Replay, AnotherProcessOverTheSameStoreRemembers) {
  ASSERT_TRUE(guard.admit(use("a"), kNow).ok());
  EXPECT_FALSE(StoredReplayGuard(store).admit(use("a"), kNow).ok());
}

TEST_F(Replay, AnotherPurposeOrAssertionIsAnotherUse) {
  EXPECT_TRUE(guard.admit(use("a"), kNow).ok());
  EXPECT_TRUE(guard.admit(use("a", "other role"), kNow).ok());
  EXPECT_TRUE(guard.admit(use("b"), kNow).ok());
}

TEST_F(Replay, WhatHasEndedIsForgotten) {
  for (int i = 0; i < 100; ++i) ASSERT_TRUE(guard.admit(use(std::to_string(i)), kNow).ok());
  EXPECT_EQ(records(store), 200u);
  auto later = kNow + kMinutes + base::Seconds(1);
  for (int i = 0; i < 8; ++i) ASSERT_TRUE(guard.admit(use("n" + std::to_string(i), "r", later + kMinutes), later).ok());
  EXPECT_EQ(records(store), 16u);
}

TEST_F(Replay, AUseThatWasAdmittedAnewIsNotForgottenWithItsFirstEnd) {
  ASSERT_TRUE(guard.admit(use("a"), kNow).ok());
  auto later = kNow + kMinutes;
  ASSERT_TRUE(guard.admit(use("a", "role", later + kMinutes), later).ok());
  ASSERT_TRUE(guard.admit(use("b", "role", later + kMinutes), later + base::Seconds(2)).ok());
  EXPECT_FALSE(guard.admit(use("a", "role", later + kMinutes), later + base::Seconds(3)).ok());
}

TEST_F(Replay, WhatCannotBeRememberedIsNotAdmitted) {
  store.fail_commit(1, base::internal("the disk is full"));
  EXPECT_FALSE(guard.admit(use("a"), kNow).ok());
  EXPECT_TRUE(guard.admit(use("a"), kNow).ok());
}

TEST_F(Replay, OfManyAtOnceOneIsAdmitted) {
  std::atomic<int> admitted = 0;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 8; ++i) threads.emplace_back([&] { admitted += guard.admit(use("a"), kNow).ok() ? 1 : 0; });
  }
  EXPECT_EQ(admitted, 1);
}

}  // namespace
}  // namespace weir::app
