#include "executions/test_executions.h"

namespace weir::executions {
namespace {

const ActivityName kActivity{kAccount, "work"};

class ActivityQueue : public testing::Test {
 protected:
  void SetUp() override {
    world.write([&](auto& tx) { return ActivityRecords(tx, kRegion).add({kAccount, "work", world.now}); });
    world.make_machine("m", kWork);
  }
  std::optional<TakenTask> take() {
    Take taken;
    world.write([&](store::Transaction& tx) -> base::Status {
      auto records = world.records(tx);
      workflow::Event event{.kind = workflow::Event::Kind::task_started, .at = world.now};
      event.entropy = world.randomness.bytes(32);
      event.worker = "me";
      WEIR_TRY(taken, take_task(tx, records, kActivity, event));
      return {};
    });
    more = taken.more;
    return taken.task;
  }
  // In as many transactions as it takes; how many those were.
  int erase_activity() {
    int transactions = 0;
    for (bool gone = false; !gone; ++transactions)
      world.write([&](store::Transaction& tx) -> base::Status {
        WEIR_TRY(gone, ActivityRecords(tx, kRegion).erase_some(kActivity));
        return {};
      });
    return transactions;
  }
  World world;
  bool more = false;
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

TEST_F(ActivityQueue, ABacklogOfTasksThatAreOverIsLookedAtInParts) {
  for (int i = 0; i < 70; ++i) world.start(run_of("m", std::to_string(i)));
  for (int i = 0; i < 70; ++i) world.give(run_of("m", std::to_string(i)), {.kind = workflow::Event::Kind::stop});
  world.now += base::Seconds(1);
  world.start(run_of("m", "there"), base::Json::object().set("n", 2));
  int transactions = 1;
  auto taken = take();
  for (; !taken && more; ++transactions) taken = take();
  ASSERT_TRUE(taken);
  EXPECT_EQ(taken->input.number("n"), 2);
  EXPECT_EQ(transactions, 3);
}

TEST_F(ActivityQueue, TokensOfTasksThatOneCallMeetsDiffer) {
  // Both time out when they are met, and their Catch asks again: two tokens of one draw of chance.
  world.make_machine("c", R"({"StartAt":"A","States":{"A":{"Type":"Task","TimeoutSeconds":5,"Next":"E",
    "Resource":"arn:aws:states:eu-west-1:111122223333:activity:work","Catch":[{"ErrorEquals":["States.Timeout"],"Next":"B"}]},
    "B":{"Type":"Task","Resource":"arn:aws:states:::sns:publish.waitForTaskToken","Next":"E"},"E":{"Type":"Succeed"}}})");
  world.start(run_of("c", "one"));
  world.start(run_of("c", "two"));
  world.now += base::Seconds(6);
  EXPECT_FALSE(take());
  auto token = [&](const char* run) { return world.find(run_of("c", run))->strands.front().task->token; };
  EXPECT_NE(token("one"), token("two"));
}

TEST_F(ActivityQueue, AnActivityWithABacklogIsErasedInParts) {
  for (int i = 0; i < 300; ++i) world.start(run_of("m", std::to_string(i)));
  EXPECT_EQ(erase_activity(), 2);
  EXPECT_EQ(world.count(keys::queue(kAccount, "work")), 0u);
  EXPECT_EQ(world.count(keys::census(kAccount, "activity")), 0u);
}

TEST_F(ActivityQueue, AnActivityThatIsNotThereIsLeftToWhoCallsTasks) {
  erase_activity();
  world.start(run_of("m", "one"));
  EXPECT_EQ(world.effects().size(), 1u);
}

}  // namespace
}  // namespace weir::executions
