#include <set>

#include "base/hash.h"
#include "executions/test_executions.h"

namespace weir::executions {
namespace {

using workflow::Event;
using workflow::ExecutionStatus;

TEST(ExecutionRecords, WhatNeedsNoWaitingEndsInTheTransactionThatStartsIt) {
  World world;
  world.make_machine("m", kPass);
  auto execution = world.start(run_of("m", "one"), base::Json::object().set("a", 1));
  EXPECT_EQ(execution.status, ExecutionStatus::succeeded);
  EXPECT_EQ(execution.arn, "arn:aws:states:eu-west-1:111122223333:execution:m:one");
  EXPECT_TRUE(world.effects().empty());
  auto listed = world.all<Listed>(keys::list(kAccount, "m"));
  ASSERT_EQ(listed.size(), 1u);
  EXPECT_EQ(listed[0].status, ExecutionStatus::succeeded);
  EXPECT_EQ(world.count(keys::running(kAccount, "m")), 0u);
}

TEST(ExecutionRecords, EveryWaitingExecutionHasOneWakeUpAtItsEarliestInstant) {
  World world;
  world.make_machine("m", kWait);
  world.start(run_of("m", "one"));
  auto wakes = world.wakes();
  ASSERT_EQ(wakes.size(), 1u);
  EXPECT_EQ(wakes[0].at, world.now + base::Seconds(60));
  world.now = wakes[0].at;
  auto advanced = world.give(run_of("m", "one"), {.kind = Event::Kind::time});
  EXPECT_EQ(advanced.execution.status, ExecutionStatus::succeeded);
  wakes = world.wakes();  // now it waits to be forgotten
  ASSERT_EQ(wakes.size(), 1u);
  EXPECT_EQ(wakes[0].at, world.now + kRetention);
}

TEST(ExecutionRecords, ATaskIsAnEffectUntilItsResultIsThere) {
  World world;
  world.make_machine("m", kCallback);
  auto id = run_of("m", "one");
  world.start(id);
  auto effects = world.effects();
  ASSERT_EQ(effects.size(), 1u);
  EXPECT_EQ(effects[0].kind, Effect::Kind::task);
  Event submitted{.kind = Event::Kind::task_submitted};
  submitted.task = effects[0].task;
  world.write([&](auto& tx) { return done(tx, effects[0]); });
  EXPECT_TRUE(world.give(id, submitted).taken);
  EXPECT_TRUE(world.effects().empty());
  EXPECT_EQ(world.find(id)->status, ExecutionStatus::running);
}

TEST(ExecutionRecords, WhoAskedHearsTheEndOfAnExecutionOnceHoweverItEnds) {
  World world;
  world.make_machine("at-once", kPass);
  world.make_machine("later", kWait);
  auto at_once = run_of("at-once", "one"), later = run_of("later", "one"), other = run_of("later", "other");
  for (const auto& id : {at_once, later}) world.write([&](auto& tx) { return world.records(tx).tell_end(id); });
  for (const auto& id : {at_once, later, other}) world.start(id);
  auto told = [&] {
    std::vector<std::string> out;
    for (const auto& effect : world.effects())
      if (effect.kind == Effect::Kind::task_over && effect.task == kWholeExecution) out.push_back(effect.id.machine);
    return out;
  };
  EXPECT_EQ(told(), std::vector<std::string>{"at-once"});
  for (const auto& id : {later, other}) world.give(id, {.kind = Event::Kind::stop});
  EXPECT_EQ(told(), (std::vector<std::string>{"at-once", "later"}));
}

TEST(ExecutionRecords, ATokenLeadsToItsTaskAndIsKeptAsAHash) {
  World world;
  world.make_machine("m", kCallback);
  auto id = run_of("m", "one");
  auto token = world.start(id).strands.front().task->token;
  auto tx = *world.store.begin(store::Mode::read);
  auto held = *world.records(*tx).find_token(token);
  ASSERT_TRUE(held);
  EXPECT_EQ(held->id, id);
  EXPECT_FALSE(*world.records(*tx).find_token(token + "x"));
  EXPECT_FALSE(*world.records(*tx).find_token(base::sha256_hex(token)));
  auto index = *tx->scan(store::prefix_range(store::key("sfn-token")), 10);
  ASSERT_EQ(index.size(), 1u);
  for (auto& entry : index) {
    EXPECT_EQ(entry.key.find(token), std::string::npos);
    EXPECT_EQ(entry.value.find(token), std::string::npos);
  }
}

TEST(ExecutionRecords, ATokenOfATaskThatIsOverIsKnownAndTooLate) {
  World world;
  world.make_machine("m", kCallback);
  auto id = run_of("m", "one");
  auto token = world.start(id).strands.front().task->token;
  world.now += base::Seconds(50);
  Event late{.kind = Event::Kind::task_succeeded};
  late.task = 1;
  auto advanced = world.give(id, late);
  EXPECT_FALSE(advanced.taken);
  EXPECT_EQ(advanced.execution.status, ExecutionStatus::failed);
  EXPECT_TRUE(world.effects().empty()) << "what timed out is not called any more";
  auto tx = *world.store.begin(store::Mode::read);
  EXPECT_TRUE(*world.records(*tx).find_token(token));
}

TEST(ExecutionRecords, WhatIsForgottenLeavesNothing) {
  World world;
  world.make_machine("m", kCallback);
  world.start(run_of("m", "stays"));
  auto before = world.count("");
  auto id = run_of("m", "goes");
  world.start(id);
  world.give(id, {.kind = Event::Kind::stop});
  world.now += kRetention;
  world.give(id, {.kind = Event::Kind::time});
  EXPECT_FALSE(world.find(id));
  EXPECT_EQ(world.count(""), before);
}

TEST(ExecutionRecords, ExpressExecutionsKeepNoHistoryAndAreNotListed) {
  World world;
  world.make_machine("x", kPass, true);
  ExecutionId id{kAccount, "x", "one:0123"};
  auto execution = world.start(id);
  EXPECT_EQ(execution.arn, "arn:aws:states:eu-west-1:111122223333:express:x:one:0123");
  EXPECT_EQ(world.count(keys::history(id)), 0u);
  EXPECT_EQ(world.count(keys::list(kAccount, "x")), 0u);
  ASSERT_EQ(world.wakes().size(), 1u);
  EXPECT_EQ(world.wakes()[0].at, world.now + kExpressRetention);
}

TEST(ExecutionRecords, ExpressExecutionsEndAfterFiveMinutes) {
  World world;
  world.make_machine("x", R"({"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":999,"End":true}}})", true);
  ExecutionId id{kAccount, "x", "one:0123"};
  world.start(id);
  world.now += base::Seconds(kExpressSecondsMax);
  EXPECT_EQ(world.give(id, {.kind = Event::Kind::time}).execution.status, ExecutionStatus::timed_out);
}

TEST(ExecutionRecords, HistoryIsReadInPagesBothWays) {
  World world;
  world.make_machine("m", kCallback);
  auto id = run_of("m", "one");
  world.start(id);
  Event failed{.kind = Event::Kind::task_failed};
  failed.task = 1;
  auto last = world.give(id, failed).execution.last_event;
  ASSERT_GE(last, 5);
  auto tx = *world.store.begin(store::Mode::read);
  auto records = world.records(*tx);
  std::vector<int64_t> forth, back;
  auto read = [&](int64_t from, bool reverse, std::vector<int64_t>& into) {
    auto events = *records.history(id, from, 2, reverse);
    for (auto& event : events) into.push_back(event.id);
  };
  for (int64_t from = 1; from <= last; from += 2) read(from, false, forth);
  for (int64_t from = last; from >= 1; from -= 2) read(from, true, back);
  ASSERT_EQ(forth.size(), static_cast<size_t>(last));
  for (int64_t i = 0; i < last; ++i) {
    EXPECT_EQ(forth[static_cast<size_t>(i)], i + 1);
    EXPECT_EQ(back[static_cast<size_t>(i)], last - i);
  }
}

TEST(ExecutionRecords, TheEndOfAChildIsAnEffectOfItsParent) {
  World world;
  world.make_machine("m", kPass);
  Starter parent{run_of("other", "parent"), 3, true};
  auto child = run_of("m", "child");
  world.start(child, base::Json::object(), parent);
  auto effects = world.effects();
  ASSERT_EQ(effects.size(), 1u);
  EXPECT_EQ(effects[0].kind, Effect::Kind::child);
  EXPECT_EQ(effects[0].id, parent.id);
  EXPECT_EQ(effects[0].task, 3);
  EXPECT_EQ(effects[0].child, child);
}

TEST(ExecutionRecords, AMachineThatIsDeletedGoesWithItsLastExecution) {
  World world;
  world.make_machine("m", kWait);
  auto one = run_of("m", "one"), two = run_of("m", "two");
  world.start(one);
  world.start(two);
  world.write([&](store::Transaction& tx) -> base::Status {
    MachineRecords machines(tx, kRegion);
    WEIR_TRY(auto machine, machines.get({kAccount, "m"}));
    machine.deleting = true;
    WEIR_CHECK_OK(machines.put(machine));
    WEIR_TRY(auto rest, world.records(tx).stop_some({Effect::Kind::stop_all, run_of("m", ""), 0, {}}));
    EXPECT_FALSE(rest);
    return {};
  });
  EXPECT_EQ(world.effects().size(), 2u);
  auto there = [&] {
    auto tx = *world.store.begin(store::Mode::read);
    return MachineRecords(*tx, kRegion).find({kAccount, "m"})->has_value();
  };
  world.give(one, {.kind = Event::Kind::stop});
  EXPECT_TRUE(there());
  world.give(two, {.kind = Event::Kind::stop});
  EXPECT_FALSE(there());
  EXPECT_EQ(world.find(two)->status, ExecutionStatus::aborted) << "executions can still be described";
}

TEST(ExecutionRecords, ALostCommitLeavesNothingAndCanBeDoneAgain) {
  World world;
  world.make_machine("m", kCallback);
  auto before = world.count("");
  world.store.fail_commit(1, base::internal("the disk is full"));
  auto attempt = [&] {
    return store::write(world.store, [&](store::Transaction& tx) -> base::Status {
      workflow::Execution fresh;
      fresh.input = base::Json::object();
      auto entropy = world.randomness.bytes(32);
      auto begun = world.records(tx).start(run_of("m", "one"), {"m-1", "", {}, ""}, fresh, world.now, entropy);
      return begun.ok() ? base::Status() : base::Status(begun.error());
    });
  };
  EXPECT_FALSE(attempt().ok());
  EXPECT_EQ(world.count(""), before);
  EXPECT_TRUE(attempt().ok());
  EXPECT_EQ(world.effects().size(), 1u);
}

TEST(ExecutionRecords, AMachineWithManyExecutionsStopsThemSomeAtATime) {
  World world;
  world.make_machine("m", kWait);
  for (int i = 0; i < 600; ++i) world.start(run_of("m", std::to_string(i)));
  std::optional<Effect> order = Effect{Effect::Kind::stop_all, run_of("m", ""), 0, {}};
  std::vector<size_t> stopped;
  while (order) {
    world.write([&](store::Transaction& tx) -> base::Status {
      WEIR_TRY(order, world.records(tx).stop_some(*order));
      return {};
    });
    stopped.push_back(world.effects().size());
  }
  EXPECT_EQ(stopped, (std::vector<size_t>{256, 512, 600}));
}

class Quota : public testing::Test {
 protected:
  base::Status start(const ExecutionId& id) {
    return store::write(world.store, [&](store::Transaction& tx) -> base::Status {
      workflow::Execution fresh;
      fresh.input = base::Json::object();
      auto entropy = world.randomness.bytes(32);
      WEIR_TRY(auto begun, world.records(tx).start(id, {id.machine + "-1", "", {}, ""}, fresh, world.now, entropy));
      return {};
    });
  }
  int64_t open() { return count(Census::Kind::open_execution); }
  int64_t count(Census::Kind kind) {
    auto tx = *world.store.begin(store::Mode::read);
    return *Census(*tx, kAccount).count(kind);
  }
  World world;
};

TEST_F(Quota, OfOpenExecutionsRefusesTheNextAndFreesWithTheEnd) {
  world.quotas.open_executions = 2;
  world.make_machine("m", kWait);
  ASSERT_TRUE(start(run_of("m", "one")).ok());
  ASSERT_TRUE(start(run_of("m", "two")).ok());
  auto before = world.count("");
  auto refused = start(run_of("m", "three"));
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().kind, base::Kind::limit_exceeded);
  EXPECT_EQ(refused.error().about, "execution");
  EXPECT_EQ(world.count(""), before) << "what was refused leaves nothing";
  world.give(run_of("m", "one"), {.kind = Event::Kind::stop});
  EXPECT_TRUE(start(run_of("m", "three")).ok());
  EXPECT_EQ(open(), 2);
}

TEST_F(Quota, DoesNotCountWhatEndsWhereItBegins) {
  world.quotas.open_executions = 1;
  world.make_machine("m", kPass);
  for (int i = 0; i < 5; ++i) EXPECT_TRUE(start(run_of("m", std::to_string(i))).ok());
  EXPECT_EQ(open(), 0);
}

TEST_F(Quota, CountsAnExecutionThatIsRedriven) {
  world.make_machine("m", kCallback);
  auto id = run_of("m", "one");
  world.start(id);
  Event failed{.kind = Event::Kind::task_failed};
  failed.task = 1;
  world.give(id, failed);
  EXPECT_EQ(open(), 0);
  world.give(id, {.kind = Event::Kind::redrive});
  EXPECT_EQ(open(), 1);
  EXPECT_EQ(world.count(keys::running(kAccount, "m")), 1u) << "its machine knows that it runs";
  world.give(id, {.kind = Event::Kind::stop});
  EXPECT_EQ(open(), 0);
}

TEST_F(Quota, CountsWhatWasThereBeforeAnybodyCounted) {
  world.make_machine("m", kWait);
  ASSERT_TRUE(start(run_of("m", "one")).ok());
  ASSERT_TRUE(start(run_of("m", "two")).ok());
  world.write([&](auto& tx) { return tx.erase(keys::census(kAccount, "execution")); });
  EXPECT_EQ(open(), 2);
  world.give(run_of("m", "one"), {.kind = Event::Kind::stop});
  EXPECT_EQ(open(), 1);
}

TEST_F(Quota, OfMachinesAndActivitiesRefusesTheNext) {
  auto make = [&](const std::string& name) {
    return store::write(world.store, [&](store::Transaction& tx) {
      return MachineRecords(tx, kRegion)
          .add({kAccount, name, false, false, name, false, 0, world.now, world.now}, {1, 2, 1});
    });
  };
  EXPECT_TRUE(make("a").ok());
  EXPECT_TRUE(make("b").ok());
  EXPECT_EQ(make("c").error().about, "state machine");
  auto hire = [&](const std::string& name) {
    return store::write(world.store, [&](store::Transaction& tx) {
      return ActivityRecords(tx, kRegion).add({kAccount, name, world.now}, {1, 2, 1});
    });
  };
  EXPECT_TRUE(hire("a").ok());
  EXPECT_EQ(hire("b").error().kind, base::Kind::limit_exceeded);
  world.write([&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(auto machine, MachineRecords(tx, kRegion).get({kAccount, "a"}));
    return MachineRecords(tx, kRegion).erase(machine);
  });
  EXPECT_TRUE(make("c").ok());
}

class Revisions : public testing::Test {
 protected:
  void SetUp() override { world.make_machine("m", kWait); }
  void update(const std::string& id) {
    world.write([&](store::Transaction& tx) -> base::Status {
      MachineRecords records(tx, kRegion);
      WEIR_TRY(auto machine, records.get(kMachine));
      WEIR_TRY(auto revision, records.revision(kAccount, machine.revision_id));
      auto before = std::exchange(machine.revision_id, id);
      revision.id = id;
      WEIR_CHECK_OK(records.put_revision(kAccount, revision));
      WEIR_CHECK_OK(records.put(machine));
      return records.release(kMachine, before);
    });
  }
  bool there(const std::string& id) {
    auto tx = *world.store.begin(store::Mode::read);
    return MachineRecords(*tx, kRegion).revision(kAccount, id).ok();
  }
  int64_t publish() {
    int64_t number = 0;
    world.write([&](store::Transaction& tx) -> base::Status {
      MachineRecords records(tx, kRegion);
      WEIR_TRY(auto machine, records.get(kMachine));
      WEIR_TRY(auto version, records.publish(machine, "", world.now));
      number = version.number;
      return {};
    });
    return number;
  }
  void forget(const ExecutionId& id) {
    world.give(id, {.kind = Event::Kind::stop});
    world.now += kRetention;
    world.give(id, {.kind = Event::Kind::time});
  }
  const MachineName kMachine{kAccount, "m"};
  World world;
};

TEST_F(Revisions, ThatNothingHasAreErased) {
  update("second");
  EXPECT_FALSE(there("m-1"));
  EXPECT_TRUE(there("second"));
}

TEST_F(Revisions, StayAsLongAsAnExecutionCanBeDescribed) {
  world.start(run_of("m", "one"));
  update("second");
  EXPECT_TRUE(there("m-1"));
  world.give(run_of("m", "one"), {.kind = Event::Kind::stop});
  EXPECT_TRUE(there("m-1")) << "it can be redriven";
  forget(run_of("m", "one"));
  EXPECT_FALSE(there("m-1"));
  EXPECT_TRUE(there("second"));
}

TEST_F(Revisions, StayAsLongAsAVersionHasThem) {
  auto number = publish();
  update("second");
  EXPECT_TRUE(there("m-1"));
  world.write([&](auto& tx) { return MachineRecords(tx, kRegion).erase_version(kMachine, number); });
  EXPECT_FALSE(there("m-1"));
}

TEST_F(Revisions, OfADeletedMachineGoWithTheLastExecution) {
  publish();
  update("second");
  world.start(run_of("m", "old"));  // begins with m-1, as by the version
  world.write([&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(auto machine, MachineRecords(tx, kRegion).get(kMachine));
    return MachineRecords(tx, kRegion).erase(machine);
  });
  EXPECT_FALSE(there("second"));
  EXPECT_TRUE(there("m-1"));
  forget(run_of("m", "old"));
  EXPECT_FALSE(there("m-1"));
}

TEST_F(Revisions, FromBeforeUsesWereKeptAreNotErased) {
  world.write([&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(auto revision, MachineRecords(tx, kRegion).revision(kAccount, "m-1"));
    revision.counted = false;
    return save(tx, keys::revision(kAccount, "m-1"), revision);
  });
  update("second");
  EXPECT_TRUE(there("m-1"));
}

TEST(Effects, KeysAreTheSameForOneAttemptAndDifferForOthers) {
  auto at = base::from_epoch_seconds(1e9);
  std::set<std::string> keys{idempotency_key("a", at, 1), idempotency_key("a", at, 2), idempotency_key("b", at, 1),
                             idempotency_key("a", at + base::Seconds(1), 1)};
  EXPECT_EQ(keys.size(), 4u);
  EXPECT_EQ(idempotency_key("a", at, 1), idempotency_key("a", at, 1));
  EXPECT_TRUE(check_name(idempotency_key("a", at, 1)).ok()) << "it names child executions";
}

}  // namespace
}  // namespace weir::executions
