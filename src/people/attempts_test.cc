#include "people/attempts.h"

#include <gtest/gtest.h>

#include "store/memory_store.h"

namespace weir::people {
namespace {

class AttemptsTest : public testing::Test {
 protected:
  bool begin(base::Instant at) {
    bool may = false;
    auto done = store::write(store_, [&](store::Transaction& tx) -> base::Status {
      WEIR_TRY(may, Attempts(tx, at).begin("ann"));
      return {};
    });
    EXPECT_TRUE(done.ok());
    return may;
  }

  store::MemoryStore store_;
  base::Instant now_ = base::from_epoch_seconds(1795341600);
};

TEST_F(AttemptsTest, WaitsGrowAndEnd) {
  EXPECT_EQ(wait_seconds(4), 0);
  EXPECT_EQ(wait_seconds(5), 1);
  EXPECT_EQ(wait_seconds(8), 8);
  EXPECT_EQ(wait_seconds(1000), kWaitSecondsMax);
}

TEST_F(AttemptsTest, AfterTheFreeOnesEachWaitsLonger) {
  for (int i = 0; i < 5; ++i) EXPECT_TRUE(begin(now_));
  EXPECT_FALSE(begin(now_));
  EXPECT_TRUE(begin(now_ + base::Seconds(1)));
  EXPECT_FALSE(begin(now_ + base::Seconds(2)));
  EXPECT_TRUE(begin(now_ + base::Seconds(3)));
}

TEST_F(AttemptsTest, AttemptsThatWereTooEarlyDoNotCount) {
  for (int i = 0; i < 5; ++i) EXPECT_TRUE(begin(now_));
  for (int i = 0; i < 100; ++i) EXPECT_FALSE(begin(now_));
  EXPECT_TRUE(begin(now_ + base::Seconds(1)));
}

TEST_F(AttemptsTest, OnesThatWereRightAndOldOnesAreForgotten) {
  for (int i = 0; i < 5; ++i) EXPECT_TRUE(begin(now_));
  ASSERT_TRUE(store::write(store_, [&](store::Transaction& tx) { return Attempts(tx, now_).succeeded("ann"); }).ok());
  for (int i = 0; i < 5; ++i) EXPECT_TRUE(begin(now_));
  for (int i = 0; i < 5; ++i) EXPECT_TRUE(begin(now_ + kAttemptsRemembered));
}

TEST_F(AttemptsTest, WhatEndedLeavesNothingBehind) {
  for (int i = 0; i < 200; ++i) begin(now_ + base::Seconds(i) * 3600 * 2);
  auto tx = store_.begin(store::Mode::read).value();
  EXPECT_LT(tx->scan({}, 1000).value().size(), 5u);
}

TEST_F(AttemptsTest, AnAddressHasAWindow) {
  auto from = [&](base::Instant at) {
    bool may = false;
    EXPECT_TRUE(store::write(store_, [&](store::Transaction& tx) -> base::Status {
                  WEIR_TRY(may, Attempts(tx, at).begin_from("192.0.2.1"));
                  return {};
                }).ok());
    return may;
  };
  for (int i = 0; i < kAddressAttemptsMax; ++i) EXPECT_TRUE(from(now_));
  EXPECT_FALSE(from(now_));
  EXPECT_TRUE(from(now_ + kAddressWindow));
}

TEST(AddressGroup, OfIpv6IsItsNetwork) {
  EXPECT_EQ(address_group("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
  EXPECT_EQ(address_group("2001:db8:1:2::1"), address_group("2001:db8:1:2:ffff::"));
  EXPECT_NE(address_group("2001:db8:1:3::1"), address_group("2001:db8:1:2::1"));
  EXPECT_EQ(address_group("192.0.2.1"), "192.0.2.1");
  EXPECT_EQ(address_group("::ffff:192.0.2.1"), "192.0.2.1");
  EXPECT_EQ(address_group("states.amazonaws.com"), "states.amazonaws.com");
}

}  // namespace
}  // namespace weir::people
