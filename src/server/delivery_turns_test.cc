#include "server/delivery_turns.h"

#include <gtest/gtest.h>

namespace weir::server {
namespace {

using namespace std::chrono_literals;
using notifications::Carrier;
using notifications::OutboxQueue;

const base::Instant kNow = base::from_epoch_seconds(1e9);

class Turns : public testing::Test {
 protected:
  static OutboxQueue queue(const std::string& account, const std::string& receiver = "r") {
    return {account, Carrier::endpoint, receiver};
  }
  void due(const OutboxQueue& queue) {
    turns.heard(queue, kNow);
    turns.wake(kNow);
  }
  // The account whose turn it is, with an attempt that does not end.
  std::string begin() {
    auto turn = turns.take();
    if (!turn) return "";
    turns.begun(turn->queue, std::to_string(++entries));
    return turn->queue.account;
  }
  int begin_all(const std::string& account) {
    int begun = 0;
    while (turns.has_turn()) begun += begin() == account ? 1 : 0;
    return begun;
  }

  DeliveryTurns turns{Carrier::endpoint, 16};
  int entries = 0;
};

TEST_F(Turns, NothingIsDueBeforeItsTime) {
  turns.heard(queue("a"), kNow + 20s);
  turns.wake(kNow);
  EXPECT_FALSE(turns.has_turn());
  EXPECT_EQ(turns.next_wake(), kNow + 20s);
  turns.wake(kNow + 20s);
  EXPECT_TRUE(turns.has_turn());
}

TEST_F(Turns, AReceiverHasFourUnderWay) {
  due(queue("a"));
  EXPECT_EQ(begin_all("a"), 4);
  turns.ended(queue("a"), "1");
  EXPECT_EQ(begin_all("a"), 1);
}

// What failed is put back, due at once, before its attempt has ended: whoever reads the queue between passes it over.
TEST_F(Turns, WhatIsPutBackWhileItIsUnderWayIsReadAgainWhenItHasEnded) {
  due(queue("a"));
  ASSERT_EQ(begin(), "a");
  turns.heard(queue("a"), kNow);
  auto turn = turns.take();
  ASSERT_TRUE(turn);
  EXPECT_EQ(turn->under_way, std::set<std::string>{"1"});
  turns.passed(queue("a"), base::Instant::max());
  turns.ended(queue("a"), "1");
  turns.wake(kNow);
  auto again = turns.take();
  ASSERT_TRUE(again);
  EXPECT_TRUE(again->under_way.empty());
}

TEST_F(Turns, WhatEndsWhileItsQueueIsReadIsReadAgain) {
  due(queue("a"));
  ASSERT_EQ(begin(), "a");
  turns.heard(queue("a"), kNow);
  ASSERT_TRUE(turns.take());
  turns.ended(queue("a"), "1");
  turns.passed(queue("a"), base::Instant::max());
  turns.wake(kNow);
  EXPECT_TRUE(turns.take());
}

TEST_F(Turns, WhatIsPutBackIsReadAgainThoughAnotherEndedFirst) {
  due(queue("a"));
  ASSERT_EQ(begin(), "a");
  ASSERT_EQ(begin(), "a");
  turns.heard(queue("a"), kNow);
  for (const std::string entry : {"2", "1"}) {
    ASSERT_TRUE(turns.take()) << entry;
    turns.passed(queue("a"), base::Instant::max());
    turns.ended(queue("a"), entry);
    turns.wake(kNow);
  }
  EXPECT_TRUE(turns.take());
}

// An attempt that hangs is no reason to look again and again.
TEST_F(Turns, WhatIsUnderWayKeepsNobodyReading) {
  due(queue("a"));
  ASSERT_EQ(begin(), "a");
  turns.heard(queue("a"), kNow);
  ASSERT_TRUE(turns.take());
  turns.passed(queue("a"), base::Instant::max());
  turns.wake(kNow + 1h);
  EXPECT_FALSE(turns.has_turn());
}

TEST_F(Turns, AnAccountAloneComesToHalfOfTheThreads) {
  for (int i = 0; i < 50; ++i) due(queue("a", std::to_string(i)));
  EXPECT_EQ(begin_all("a"), 8);
}

TEST_F(Turns, WhoComesLateFindsAThread) {
  for (const std::string account : {"a", "b", "c"}) {
    for (int i = 0; i < 50; ++i) due(queue(account, std::to_string(i)));
    EXPECT_GT(begin_all(account), 0) << account;
  }
  due(queue("late"));
  EXPECT_EQ(begin(), "late");
}

// However many accounts have nothing but endpoints that hang: a thread that is free goes to who has none.
TEST_F(Turns, AHundredAccountsGetAThreadInTheOrderInWhichTheyCame) {
  for (int account = 0; account < 100; ++account)
    for (int i = 0; i < 20; ++i) due(queue(std::to_string(1000 + account), std::to_string(i)));
  std::vector<OutboxQueue> taken;
  while (auto turn = turns.take()) {
    turns.begun(turn->queue, "e");
    taken.push_back(turn->queue);
  }
  ASSERT_EQ(taken.size(), 16u);
  for (size_t at = 0; at < 100; ++at) {
    EXPECT_EQ(taken[at].account, std::to_string(1000 + at));
    turns.ended(taken[at], "e");
    auto turn = turns.take();
    ASSERT_TRUE(turn);
    turns.begun(turn->queue, "e");
    taken.push_back(turn->queue);
    EXPECT_FALSE(turns.take());
  }
}

TEST_F(Turns, TheReceiversOfAnAccountTakeTurns) {
  due(queue("a", "1"));
  due(queue("a", "2"));
  std::vector<std::string> receivers;
  for (int i = 0; i < 4; ++i) {
    auto turn = *turns.take();
    receivers.push_back(turn.queue.receiver);
    turns.begun(turn.queue, std::to_string(i));
  }
  EXPECT_EQ(receivers, (std::vector<std::string>{"1", "2", "1", "2"}));
}

TEST_F(Turns, AQueueIsReadByOneThreadAtATime) {
  due(queue("a"));
  auto turn = turns.take();
  EXPECT_FALSE(turns.take());
  turns.begun(turn->queue, "e");
  auto next = turns.take();
  ASSERT_TRUE(next);
  EXPECT_EQ(next->under_way, std::set<std::string>{"e"});
}

TEST_F(Turns, WhatComesWhileAQueueIsReadIsNotMissed) {
  due(queue("a"));
  auto turn = turns.take();
  turns.heard(queue("a"), kNow);
  turns.passed(turn->queue, base::Instant::max());
  turns.wake(kNow);
  EXPECT_TRUE(turns.has_turn());
}

TEST_F(Turns, WhatComesAtAnyMomentOfAnAttemptIsNotMissed) {
  due(queue("a"));
  auto first = turns.take();
  turns.begun(first->queue, "e");
  auto second = turns.take();
  turns.passed(second->queue, base::Instant::max());
  EXPECT_EQ(turns.size(), 1u);  // one is under way
  due(queue("a"));
  turns.ended(queue("a"), "e");
  EXPECT_TRUE(turns.has_turn());
}

TEST_F(Turns, WhatIsIdleIsForgotten) {
  for (int i = 0; i < 1000; ++i) due(queue(std::to_string(i)));
  while (auto turn = turns.take()) turns.passed(turn->queue, base::Instant::max());
  EXPECT_EQ(turns.size(), 0u);
  EXPECT_EQ(turns.next_wake(), base::Instant::max());
}

}  // namespace
}  // namespace weir::server
