#include "executions/doorbell.h"

#include <gtest/gtest.h>

#include <memory>
#include <thread>

namespace weir::executions {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::seconds kLong{30};

TEST(Doorbell, ARingBeforeTheWaitIsNotLost) {
  Doorbell bell;
  Doorbell::Waiter waiter(bell, "a");
  bell.ring("a");
  EXPECT_TRUE(waiter.wait_until(Clock::now() + kLong));
  EXPECT_FALSE(waiter.wait_until(Clock::now())) << "it rang once";
}

TEST(Doorbell, OneRingWakesOneWaiterOfThatName) {
  Doorbell bell;
  Doorbell::Waiter other(bell, "b"), first(bell, "a"), second(bell, "a");
  bell.ring("a");
  EXPECT_FALSE(other.wait_until(Clock::now()));
  EXPECT_TRUE(first.wait_until(Clock::now() + kLong));
  EXPECT_FALSE(second.wait_until(Clock::now()));
}

TEST(Doorbell, ARingThatIsNotUsedGoesToTheNext) {
  Doorbell bell;
  auto first = std::make_unique<Doorbell::Waiter>(bell, "a");
  Doorbell::Waiter second(bell, "a");
  bell.ring("a");
  first.reset();
  EXPECT_TRUE(second.wait_until(Clock::now() + kLong));
}

TEST(Doorbell, AClosedBellLetsEverybodyGo) {
  Doorbell bell;
  Doorbell::Waiter waiter(bell, "a");
  std::thread waits([&] { EXPECT_FALSE(waiter.wait_until(Clock::now() + kLong)); });
  bell.close();
  waits.join();
}

}  // namespace
}  // namespace weir::executions
