// Random machines, valid by construction: interrupting them after every step changes nothing, and they all end.
#include <gtest/gtest.h>

#include <random>

#include "workflow/simulation.h"

namespace weir::workflow {
namespace {

class MachineMaker {
 public:
  explicit MachineMaker(uint64_t seed) : chance_(seed) {}

  Json machine(int depth) {
    int count = static_cast<int>(below(4)) + 1;
    std::vector<std::string> names;
    for (int i = 0; i < count; ++i) names.push_back("S" + std::to_string(made_++));
    Json states = Json::object();
    for (int i = 0; i < count; ++i)
      states.set(names[static_cast<size_t>(i)], state(names, static_cast<size_t>(i), depth));
    return Json::object().set("StartAt", names[0]).set("States", std::move(states));
  }
  Json scripts = Json::object();

 private:
  uint64_t below(uint64_t end) { return chance_() % end; }
  bool sometimes() { return below(3) == 0; }
  template <class... T>
  std::string one_of(T... texts) {
    const char* all[] = {texts...};
    return all[below(sizeof...(texts))];
  }

  // State i goes on with the next one, so that every state can be reached and the last one ends.
  Json state(const std::vector<std::string>& names, size_t i, int depth) {
    bool last = i + 1 == names.size();
    auto kind = below(depth > 0 ? 8 : 6);
    if (last && kind == 2) kind = 0;
    Json out = body(names[i], kind, depth);
    if (kind == 2) return choice(names, i);
    if (last && below(12) == 0) return Json::object().set("Type", "Fail").set("Error", "Made");
    if (last) {
      out.set("End", true);
    } else {
      out.set("Next", names[i + 1]);
    }
    return out;
  }

  Json body(const std::string& name, uint64_t kind, int depth) {
    switch (kind) {
      case 3: return Json::object().set("Type", "Wait").set("Seconds", static_cast<int64_t>(below(50)));
      case 4:
      case 5: return task(name);
      case 6: return parallel(depth);
      case 7: return map(depth);
      default: return pass();
    }
  }

  Json pass() {
    Json out = Json::object().set("Type", "Pass");
    if (sometimes())
      out.set("Parameters", *base::parse_json(R"j({"k.$":"$$.Execution.Name","u.$":"States.UUID()","n":1.50})j"));
    if (sometimes()) out.set("Result", *base::parse_json(R"([1,null,{"é":"\u0000\n"}])"));
    auto name = "v" + std::to_string(assigned_++);
    if (sometimes()) out.set("Assign", Json::object().set(name, 1).set(name + "_drawn.$", "States.MathRandom(0, 9)"));
    if (sometimes()) out.set("ResultPath", Json());
    return out;
  }

  Json task(const std::string& name) {
    Json out = Json::object().set("Type", "Task");
    auto resource =
        one_of("arn:aws:states:::lambda:invoke", "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
               "arn:aws:lambda:eu-west-1:111122223333:function:f", "arn:aws:states:::states:startExecution.sync:2");
    out.set("Resource", resource).set("TimeoutSeconds", static_cast<int64_t>(below(40) + 10));
    if (sometimes()) out.set("HeartbeatSeconds", 5);
    if (sometimes()) out.set("Parameters", *base::parse_json(R"({"c.$":"$$.State.RetryCount","i.$":"$"})"));
    auto retry = *base::parse_json(
        R"([{"ErrorEquals":["A"],"MaxAttempts":2,"JitterStrategy":"FULL"},{"ErrorEquals":["States.Timeout"],"MaxAttempts":1}])");
    if (sometimes()) out.set("Retry", std::move(retry));
    Json::Array answers;
    for (auto left = below(3) + 1; left > 0; --left) answers.push_back(answer());
    scripts.set(name, std::move(answers));
    return out;
  }

  Json answer() {
    Json out = Json::object().set("after", static_cast<int64_t>(below(30)));
    if (sometimes()) out.set("submitted", 1);
    if (below(4) == 0) return out.set("error", one_of("A", "B"));
    if (below(8) == 0) return out.set("never", true);
    return out.set("output", *base::parse_json(R"({"r":[1,2.0,"x"]})"));
  }

  Json choice(const std::vector<std::string>& names, size_t i) {
    auto to = names[i + 1 + below(names.size() - i - 1)];
    Json rule = *base::parse_json(
        R"j({"Or":[{"Variable":"$.k","IsPresent":true},{"Not":{"Variable":"$","IsString":false}}]})j");
    return Json::object()
        .set("Type", "Choice")
        .set("Choices", Json(Json::Array{rule.set("Next", to)}))
        .set("Default", names[i + 1]);
  }

  Json parallel(int depth) {
    Json::Array branches;
    for (auto left = below(3) + 1; left > 0; --left) branches.push_back(machine(depth - 1));
    return guarded(Json::object().set("Type", "Parallel").set("Branches", std::move(branches)));
  }

  Json map(int depth) {
    Json out = Json::object()
                   .set("Type", "Map")
                   .set("ItemsPath", "$$.Execution.Input.items")
                   .set("ItemProcessor", machine(depth - 1));
    if (sometimes()) out.set("MaxConcurrency", 2);
    if (sometimes()) out.set("ToleratedFailureCount", 1);
    if (sometimes()) out.set("ItemSelector", *base::parse_json(R"({"i.$":"$$.Map.Item.Index"})"));
    return guarded(std::move(out));
  }

  Json guarded(Json out) {
    if (sometimes()) out.set("Retry", *base::parse_json(R"([{"ErrorEquals":["States.ALL"],"MaxAttempts":1}])"));
    if (sometimes()) out.set("ResultPath", "$.fan");
    return out;
  }

  std::mt19937_64 chance_;
  int made_ = 0;
  int assigned_ = 0;
};

TEST(Walks, InterruptedAfterEveryStepEndAsUninterrupted) {
  std::map<ExecutionStatus, int> ends;
  for (uint64_t seed = 0; seed < 400; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    MachineMaker maker(seed);
    auto machine = maker.machine(2);
    if (seed % 5 == 0) machine.set("TimeoutSeconds", 30);
    auto read = parse_definition(machine.dump(), MachineType::standard);
    ASSERT_NE(read.definition, nullptr) << refusal(read.diagnostics) << machine.dump();
    auto input = *parse_payload(R"({"items":[1,"two",{"three":3}]})");
    Simulation plain(read.definition, maker.scripts), interrupted(read.definition, maker.scripts);
    interrupted.interrupted = true;
    auto end = plain.run(input);
    auto other = interrupted.run(input);
    EXPECT_NE(end.status, ExecutionStatus::running) << machine.dump();
    EXPECT_EQ(told(plain, end), told(interrupted, other)) << machine.dump();
    ++ends[end.status];
  }
  EXPECT_GT(ends[ExecutionStatus::succeeded], 50);
  EXPECT_GT(ends[ExecutionStatus::failed], 50);
  EXPECT_GT(ends[ExecutionStatus::timed_out], 5);
}

}  // namespace
}  // namespace weir::workflow
