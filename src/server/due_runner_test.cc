#include "server/due_runner.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <future>

#include "app/test_lake.h"

namespace weir::server {
namespace {

using std::chrono::hours;

// One that may be set while others read it.
class SharedClock final : public base::Clock {
 public:
  base::Instant now() const override { return now_; }
  void advance(std::chrono::microseconds by) { now_ = now_.load() + by; }

 private:
  std::atomic<base::Instant> now_{base::from_epoch_seconds(1e9)};
};

// What handlers were called for, in order; wait() blocks until there are so many.
class Calls {
 public:
  void add(const std::string& id) {
    std::lock_guard lock(mutex_);
    ids_.push_back(id);
    changed_.notify_all();
  }
  std::vector<std::string> wait(size_t count) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, std::chrono::seconds(20), [&] { return ids_.size() >= count; });
    return ids_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::string> ids_;
};

class Due : public testing::Test {
 protected:
  app::DueHandlers noting() {
    app::DueHandlers handlers;
    handlers.add("note", [this](app::Lake&, const app::DueItem& item) { return calls.add(item.id), base::Status(); });
    return handlers;
  }
  void put(const std::string& id, base::Instant due, const std::string& kind = "note") {
    parts.write([&](auto& tx) { return app::schedule(tx, kind, id, due); });
  }
  using Ids = std::vector<std::string>;

  app::test::TestLake parts;
  SharedClock clock;
  app::Lake lake{parts.store, parts.objects, parts.journal,    parts.governance, parts.tables,
                 parts.keys,  clock,         parts.randomness, "us-east-1"};
  Calls calls;
};

TEST_F(Due, WhatWasDueBeforeTheStartIsCalledAtTheStart) {
  put("old", clock.now() - hours(5));
  DueRunner runner(lake, noting());
  runner.start();
  EXPECT_EQ(calls.wait(1), Ids{"old"});
}

TEST_F(Due, ACommitIsHeardOf) {
  DueRunner runner(lake, noting());
  runner.start();
  put("now", clock.now());
  EXPECT_EQ(calls.wait(1), Ids{"now"});
}

TEST_F(Due, AClockThatJumpsForwardIsFollowedAndOneThatJumpsBackLosesNothing) {
  put("a", clock.now() + hours(1));
  put("b", clock.now() + hours(48));
  DueRunner runner(lake, noting());
  runner.start();
  clock.advance(hours(2));
  EXPECT_EQ(calls.wait(1), Ids{"a"});
  clock.advance(-hours(24));
  put("c", clock.now() + hours(1));
  clock.advance(hours(200));
  auto all = calls.wait(3);
  std::sort(all.begin(), all.end());
  EXPECT_EQ(all, (Ids{"a", "b", "c"}));
}

TEST_F(Due, ATimeThatWasReplacedIsNotCalled) {
  put("x", clock.now() + hours(1));
  put("x", clock.now() + hours(10));
  put("y", clock.now() + hours(2));
  DueRunner runner(lake, noting());
  runner.start();
  clock.advance(hours(3));
  EXPECT_EQ(calls.wait(1), Ids{"y"});
  clock.advance(hours(8));
  EXPECT_EQ(calls.wait(2), (Ids{"y", "x"}));
}

TEST_F(Due, AHandlerThatFailsOrThrowsKeepsNobodyWaitingAndIsCalledAgain) {
  auto handlers = noting();
  std::atomic<int> failures = 0;
  handlers.add("fails", [&](app::Lake&, const app::DueItem& item) -> base::Status {
    if (failures++ == 0) return base::internal("not yet");
    if (failures == 2) throw std::runtime_error("broken");
    return calls.add(item.id), base::Status();
  });
  put("bad", clock.now() - hours(2), "fails");
  put("unknown", clock.now() - hours(2), "nobody's");
  put("good", clock.now() - hours(1));
  DueRunner runner(lake, handlers);
  runner.start();
  EXPECT_EQ(calls.wait(1), Ids{"good"});
  while (failures < 3) {
    clock.advance(hours(1));
    std::this_thread::yield();
  }
  EXPECT_EQ(calls.wait(2), (Ids{"good", "bad"}));
}

TEST_F(Due, AHandlerThatTakesLongKeepsNobodyWaiting) {
  auto handlers = noting();
  std::promise<void> let_go;
  auto gone = let_go.get_future().share();
  handlers.add("slow", [gone](app::Lake&, const app::DueItem&) { return gone.wait(), base::Status(); });
  put("slow", clock.now() - hours(2), "slow");
  put("after", clock.now() - hours(1));
  DueRunner runner(lake, handlers);
  runner.start();
  EXPECT_EQ(calls.wait(1), Ids{"after"});
  let_go.set_value();
}

TEST_F(Due, WhatIsNotDoneAtTheStopIsDoneByTheNextStart) {
  put("x", clock.now() + hours(1));
  {
    DueRunner first(lake, noting());
    first.start();
  }
  clock.advance(hours(2));
  DueRunner second(lake, noting());
  second.start();
  EXPECT_EQ(calls.wait(1), Ids{"x"});
}

}  // namespace
}  // namespace weir::server
