// Clocks that are set while executions wait: nothing fires early or twice, and nothing is left behind.
#include "server/execution_runner.h"

#include <gtest/gtest.h>

#include <atomic>

#include "app/executions/task_performer.h"
#include "app/test_lake.h"
#include "executions/definitions.h"
#include "executions/doorbell.h"
#include "executions/keys.h"
#include "executions/machine.h"
#include "store/key.h"

namespace weir::server {
namespace {

using executions::ExecutionId;
using std::chrono::hours;
using workflow::ExecutionStatus;

constexpr char kAccount[] = "111122223333";

// One that may be set while others read it.
class SharedClock final : public base::Clock {
 public:
  base::Instant now() const override { return now_; }
  void advance(std::chrono::microseconds by) { now_ = now_.load() + by; }

 private:
  std::atomic<base::Instant> now_{base::from_epoch_seconds(1e9)};
};

// The executions that have ended, in order, as the store tells it.
class Ends {
 public:
  explicit Ends(store::Store& store) {
    store.watch(executions::keys::all_running(), [this](std::span<const store::Change> changes) {
      std::lock_guard lock(mutex_);
      for (const auto& change : changes)
        if (!change.value) names_.push_back(store::split_key(change.key)->back());
      changed_.notify_all();
    });
  }
  std::vector<std::string> wait(size_t count) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, std::chrono::seconds(20), [&] { return names_.size() >= count; });
    return names_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::string> names_;
};

std::string waits(int64_t seconds) {
  return R"({"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":)" + std::to_string(seconds) + R"(,"End":true}}})";
}

class Clocks : public testing::Test {
 protected:
  void SetUp() override {
    lake.definitions = &definitions;
    lake.doorbell = &bell;
    runner.start();
  }
  void start(const std::string& name, const std::string& definition) {
    parts.write([&](store::Transaction& tx) -> base::Status {
      executions::MachineRecords machines(tx, lake.region);
      executions::Revision revision{name + "-1", false, definition, "arn:aws:iam::111122223333:role/m", {}, {}, {}, {}};
      WEIR_CHECK_OK(machines.put_revision(kAccount, revision));
      WEIR_CHECK_OK(machines.add({kAccount, name, false, false, revision.id, false, 0, {}, {}}));
      workflow::Execution fresh;
      fresh.input = base::Json::object();
      executions::StepsAhead at_once;
      executions::ExecutionRecords records(tx, lake.region, definitions, &at_once);
      auto begun = records.start(id(name), {revision.id, "", {}, ""}, fresh, clock.now(), std::string(32, 'e'));
      return begun.ok() ? base::Status() : base::Status(begun.error());
    });
  }
  ExecutionId id(const std::string& name) { return {kAccount, name, name}; }
  workflow::Execution now(const std::string& name) {
    auto tx = *parts.store.begin(store::Mode::read);
    return *executions::ExecutionRecords(*tx, lake.region, definitions).get(id(name));
  }
  using Names = std::vector<std::string>;

  app::test::TestLake parts;
  SharedClock clock;
  app::Lake lake{parts.store, parts.objects, parts.journal,    parts.governance, parts.tables,
                 parts.keys,  clock,         parts.randomness, "us-east-1"};
  executions::Definitions definitions;
  executions::Doorbell bell;
  app::TaskPerformers performers;
  Ends ends{parts.store};
  ExecutionRunner runner{lake, performers, 1};
};

TEST_F(Clocks, ADayForwardFiresWhatWasDueOnceAndInItsOrder) {
  start("c", waits(3600));
  start("a", waits(10));
  start("d", waits(12 * 3600));
  start("b", R"({"StartAt":"A","States":{"A":{"Type":"Wait","Seconds":60,"Next":"B"},
                 "B":{"Type":"Pass","End":true}}})");
  start("later", waits(48 * 3600));
  clock.advance(hours(24));
  EXPECT_EQ(ends.wait(4), (Names{"a", "b", "c", "d"}));
  EXPECT_EQ(now("later").status, ExecutionStatus::running);
  EXPECT_EQ(now("a").last_event, 4) << "started, entered, exited, succeeded: once each";
  clock.advance(hours(24));
  EXPECT_EQ(ends.wait(5).back(), "later");
}

TEST_F(Clocks, AnHourBackFiresNothingEarlyOrTwiceAndNothingHangs) {
  start("waits", waits(60));
  start("day", waits(24 * 3600));
  clock.advance(hours(-1));
  start("new", waits(10));  // from the hour before
  clock.advance(base::Seconds(10));
  EXPECT_EQ(ends.wait(1), Names{"new"});
  clock.advance(hours(1) + base::Seconds(50));
  EXPECT_EQ(ends.wait(2), (Names{"new", "waits"}));
  clock.advance(hours(-1));
  start("again", waits(10));
  clock.advance(base::Seconds(10));
  EXPECT_EQ(ends.wait(3), (Names{"new", "waits", "again"}));
  EXPECT_EQ(now("waits").last_event, 4);
  EXPECT_EQ(now("day").status, ExecutionStatus::running);
}

TEST_F(Clocks, AYearForwardTimesOutAndForgetsWhatIsOldEnough) {
  start("a", R"({"StartAt":"W","TimeoutSeconds":20,"States":{"W":{"Type":"Wait","Seconds":30,"End":true}}})");
  clock.advance(hours(1));
  EXPECT_EQ(ends.wait(1), Names{"a"});
  EXPECT_EQ(now("a").status, ExecutionStatus::timed_out);
  clock.advance(hours(24 * 365));
  start("b", waits(1));
  clock.advance(base::Seconds(1));
  ends.wait(2);
  runner.stop();
  auto tx = *parts.store.begin(store::Mode::read);
  EXPECT_FALSE(*executions::ExecutionRecords(*tx, lake.region, definitions).find(id("a")));
}

}  // namespace
}  // namespace weir::server
