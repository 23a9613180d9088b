#include "executions/steps_ahead.h"

#include "executions/test_executions.h"

namespace weir::executions {
namespace {

// Stands for the engine of JSONata: says when it was asked.
class Asked final : public workflow::Expressions {
 public:
  workflow::Result<std::vector<std::string>> check(std::string_view) const override {
    asked();
    return std::vector<std::string>();
  }
  std::vector<workflow::Answer> evaluate(const std::vector<const workflow::JsonataQuery*>& queries,
                                         const workflow::Scope&) const override {
    asked();
    if (meanwhile) std::exchange(meanwhile, nullptr)();
    return std::vector<workflow::Answer>(queries.size(), workflow::Answer(base::Json(++answers)));
  }
  std::function<void()> asked = [] {};
  mutable int64_t answers = 0;
  mutable std::function<void()> meanwhile;
};

constexpr char kMachine[] = R"({"StartAt":"A","QueryLanguage":"JSONata","States":{
  "A":{"Type":"Wait","Seconds":1,"Next":"B"},"B":{"Type":"Pass","Output":"{% 1 %}","End":true}}})";

class Ahead : public testing::Test {
 protected:
  void SetUp() override {
    engine.asked = [this] { asked_in.push_back(bodies); };
    world.make_machine("m", kMachine);
    start();
  }
  void start() {
    auto status = write_steps(world.store, [&](store::Transaction& tx, StepsAhead& ahead) -> base::Status {
      ++bodies;
      workflow::Execution fresh;
      fresh.input = base::Json::object();
      ExecutionRecords records(tx, kRegion, definitions, &ahead);
      WEIR_TRY(auto begun, records.start(kId, {"m-1", "", {}, ""}, fresh, world.now, std::string(32, 'e')));
      return {};
    });
    ASSERT_TRUE(status.ok()) << status.error().says;
  }
  base::Status give(workflow::Event::Kind kind) {
    bodies = 0;
    workflow::Event event{.kind = kind, .at = world.now, .entropy = std::string(32, 'f')};
    return write_steps(world.store, [&](store::Transaction& tx, StepsAhead& ahead) -> base::Status {
      ++bodies;
      ExecutionRecords records(tx, kRegion, definitions, &ahead);
      WEIR_TRY(auto advanced, records.advance(kId, event));
      return {};
    });
  }
  workflow::Execution now() { return *world.find(kId); }

  const ExecutionId kId = run_of("m", "one");
  Asked engine;
  World world;
  Definitions definitions{&engine};
  int bodies = 0;             // of the last step: the first in the writer, the second aside, the third in the writer
  std::vector<int> asked_in;  // which of them the engine was asked in
};

TEST_F(Ahead, AStepInJsonataIsMadeOnceAndOutsideOfTheWriter) {
  for (int i = 0; i < 3 && now().status == workflow::ExecutionStatus::running; ++i) {
    world.now += base::Seconds(1);
    ASSERT_TRUE(give(workflow::Event::Kind::time).ok());
    ASSERT_TRUE(give(workflow::Event::Kind::go_on).ok());
  }
  EXPECT_EQ(now().status, workflow::ExecutionStatus::succeeded);
  EXPECT_EQ(now().output.dump(), "1") << "the answer that was kept is the one that was given first";
  EXPECT_EQ(engine.answers, 1);
  EXPECT_EQ(asked_in, (std::vector<int>{2, 2})) << "the definition, then the expression";
}

TEST_F(Ahead, AStepInJsonPathNeedsOneTransaction) {
  world.make_machine("p", kPass);
  bodies = 0;
  auto status = write_steps(world.store, [&](store::Transaction& tx, StepsAhead& ahead) -> base::Status {
    ++bodies;
    ExecutionRecords records(tx, kRegion, world.definitions, &ahead);
    workflow::Execution fresh;
    fresh.input = base::Json::object();
    WEIR_TRY(auto begun, records.start(run_of("p", std::to_string(bodies)), {"p-1", "", {}, ""}, fresh, world.now,
                                       std::string(32, 'e')));
    return {};
  });
  ASSERT_TRUE(status.ok());
  EXPECT_EQ(bodies, 3) << "given up for its definition, which is parsed aside";
  bodies = 10;
  status = write_steps(world.store, [&](store::Transaction& tx, StepsAhead& ahead) -> base::Status {
    ++bodies;
    ExecutionRecords records(tx, kRegion, world.definitions, &ahead);
    workflow::Execution fresh;
    fresh.input = base::Json::object();
    WEIR_TRY(auto begun, records.start(run_of("p", std::to_string(bodies)), {"p-1", "", {}, ""}, fresh, world.now,
                                       std::string(32, 'e')));
    return {};
  });
  ASSERT_TRUE(status.ok());
  EXPECT_EQ(bodies, 11) << "and is known then";
}

TEST_F(Ahead, AnExecutionThatWentOnMeanwhileIsSteppedAnew) {
  engine.meanwhile = [&] {  // somebody stops it while its expression is evaluated
    EXPECT_TRUE(give(workflow::Event::Kind::stop).ok());
  };
  for (int i = 0; i < 3; ++i) {
    world.now += base::Seconds(1);
    auto status = give(workflow::Event::Kind::time);
    ASSERT_TRUE(status.ok()) << status.error().says;
    status = give(workflow::Event::Kind::go_on);
    ASSERT_TRUE(status.ok()) << status.error().says;
  }
  EXPECT_EQ(now().status, workflow::ExecutionStatus::aborted) << "what was made for an earlier moment is not kept";
}

TEST_F(Ahead, ABodyThatNeverFindsWhatItMadeEnds) {
  world.now += base::Seconds(1);
  std::string entropy = "sixteen bytes or more ";
  auto status = write_steps(world.store, [&](store::Transaction& tx, StepsAhead& ahead) -> base::Status {
    workflow::Event event{.kind = workflow::Event::Kind::time, .at = world.now, .entropy = entropy += "x"};
    ExecutionRecords records(tx, kRegion, definitions, &ahead);
    WEIR_TRY(auto advanced, records.advance(kId, event));
    return {};
  });
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().kind, base::Kind::unavailable);
}

}  // namespace
}  // namespace weir::executions
