#include "executions/test_executions.h"

namespace weir::executions {
namespace {

const ActivityName kActivity{kAccount, "work"};

class ActivityQueue : public testing::Test {
 protected:
  void SetUp() override {
    world.write([&](auto& tx) { return ActivityRecords(tx, kRegion).put({kAccount, "work", world.now}); });
    world.make_machine("m", kWork);
  }
  std::optional<TakenTask> take() {
    std::optional<TakenTask> out;
    world.write([&](store::Transaction& tx) -> base::Status {
      auto records = world.records(tx);
      WEIR_TRY(out, take_task(tx, records, kActivity, "me", world.now, world.randomness));
      return {};
    });
    return out;
  }
  World world;
};

TEST_F(ActivityQueue, AnEmptyQueueGivesNothing) { EXPECT_FALSE(take()); }

TEST_F(ActivityQueue, TasksAreTakenOnceInTheirOrder) {
  world.start(run_of("m", "first"), base::Json::object().set("n", 1));
  world.now += base::Seconds(1);
  world.start(run_of("m", "second"), base::Json::object().set("n", 2));
  EXPECT_TRUE(world.effects().empty()) << "nobody calls an activity";
  auto first = take(), second = take();
  ASSERT_TRUE(first && second);
  EXPECT_EQ(first->input.number("n"), 1);
  EXPECT_EQ(second->input.number("n"), 2);
  EXPECT_FALSE(first->token.empty());
  EXPECT_NE(first->token, second->token);
  EXPECT_FALSE(take());
}

TEST_F(ActivityQueue, ATaskThatIsOverIsPassedOver) {
  world.start(run_of("m", "gone"));
  world.give(run_of("m", "gone"), {.kind = workflow::Event::Kind::stop});
  world.now += base::Seconds(1);
  world.start(run_of("m", "there"), base::Json::object().set("n", 2));
  auto taken = take();
  ASSERT_TRUE(taken);
  EXPECT_EQ(taken->input.number("n"), 2);
}

TEST_F(ActivityQueue, AnActivityThatIsNotThereIsLeftToWhoCallsTasks) {
  world.write([&](auto& tx) { return ActivityRecords(tx, kRegion).erase(kActivity); });
  world.start(run_of("m", "one"));
  EXPECT_EQ(world.effects().size(), 1u);
}

}  // namespace
}  // namespace weir::executions
