#include "events/retry_policy.h"

#include <gtest/gtest.h>

namespace weir::events {
namespace {

TEST(RetryPolicy, GrowsToEightMinutesAndEndsAfterADay) {
  RetryPolicy policy;
  base::Instant created{}, now{};
  int64_t made = 1;
  std::vector<int64_t> waits;
  for (auto next = policy.next(made, created, now); next; next = policy.next(++made, created, now)) {
    waits.push_back(std::chrono::duration_cast<base::Seconds>(*next - now).count());
    now = *next;
  }
  EXPECT_EQ(std::vector(waits.begin(), waits.begin() + 4), (std::vector<int64_t>{1, 2, 4, 8}));
  EXPECT_EQ(waits.back(), 480);
  EXPECT_LE(now - created, base::Seconds(86'400));
  EXPECT_GE(waits.size(), 180u);
}

TEST(RetryPolicy, AsManyAttemptsAsItSays) {
  RetryPolicy none{.attempts_max = 0};
  EXPECT_FALSE(none.next(1, {}, {}));
  RetryPolicy two{.attempts_max = 2};
  EXPECT_TRUE(two.next(2, {}, {}));
  EXPECT_FALSE(two.next(3, {}, {}));
}

TEST(RetryPolicy, NothingIsTriedThatIsTooOldByThen) {
  RetryPolicy minute{.attempts_max = 185, .age_max_s = 60};
  EXPECT_TRUE(minute.next(1, base::Instant{}, base::Instant{} + base::Seconds(59)));
  EXPECT_FALSE(minute.next(1, base::Instant{}, base::Instant{} + base::Seconds(60)));
}

}  // namespace
}  // namespace weir::events
