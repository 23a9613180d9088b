// What a step promises beside outcomes: effects, timers, tokens, late events, restarts, redrive, bounds.
#include "workflow/step.h"

#include <gtest/gtest.h>

#include "workflow/simulation.h"

namespace weir::workflow {
namespace {

std::shared_ptr<const Definition> defined(const std::string& text) {
  auto read = parse_definition(text, MachineType::standard);
  CHECK_TRUE(read.definition != nullptr, refusal(read.diagnostics).c_str());
  return read.definition;
}

std::string one_task(const std::string& more,
                     const std::string& resource = "arn:aws:states:::sqs:sendMessage.waitForTaskToken") {
  return R"({"StartAt":"T","States":{"T":{"Type":"Task","Resource":")" + resource + R"(",)" + more + R"("End":true}}})";
}

Json no_scripts() { return Json::object(); }

const HistoryEvent& event_of(const Simulation& simulation, const std::string& type) {
  for (auto& event : simulation.history)
    if (event.type == type) return event;
  throw std::runtime_error("no event of type " + type);
}

TEST(Step, ATaskCarriesWhatItsRunnerNeeds) {
  Simulation simulation(
      defined(one_task(
          R"("Parameters":{"t.$":"$$.Task.Token"},"TimeoutSeconds":60,"HeartbeatSeconds":9,"Credentials":{"RoleArn":"arn:aws:iam::444455556666:role/p"},)")),
      no_scripts());
  auto execution = simulation.run(Json::object());
  ASSERT_EQ(simulation.started.size(), 1u);
  auto& task = simulation.started[0];
  EXPECT_EQ(task.resource.service, "sqs");
  EXPECT_EQ(*task.role, "arn:aws:iam::444455556666:role/p");
  EXPECT_GE(task.token.size(), 64u);
  EXPECT_EQ(task.input.text("t"), task.token);
  EXPECT_EQ(task.deadline, execution.started_at + base::Seconds(60));
  auto& scheduled = event_of(simulation, "TaskScheduled");
  EXPECT_EQ(scheduled.details_name, "taskScheduledEventDetails");
  EXPECT_EQ(scheduled.details.text("resource"), "sendMessage.waitForTaskToken");
  EXPECT_EQ(scheduled.details.text("resourceType"), "sqs");
  EXPECT_EQ(scheduled.details.text("region"), "eu-west-1");
  EXPECT_EQ(scheduled.details.number("timeoutInSeconds"), 60);
  EXPECT_EQ(scheduled.details.number("heartbeatInSeconds"), 9);
  EXPECT_EQ(scheduled.details.find("taskCredentials")->text("roleArn"), "arn:aws:iam::444455556666:role/p");
  EXPECT_EQ(scheduled.details.text("parameters"), task.input.dump());
}

TEST(Step, HistoryTellsPayloadsAsTexts) {
  Simulation simulation(defined(R"({"StartAt":"A","States":{"A":{"Type":"Pass","Assign":{"x":[1]},"End":true}}})"),
                        no_scripts());
  simulation.run(*parse_payload(R"({"a":1.0})"));
  auto& entered = event_of(simulation, "PassStateEntered");
  EXPECT_EQ(entered.details.dump(), R"({"name":"A","input":"{\"a\":1.0}","inputDetails":{"truncated":false}})");
  auto& exited = event_of(simulation, "PassStateExited");
  EXPECT_EQ(exited.details.find("assignedVariables")->dump(), R"({"x":"[1]"})");
  EXPECT_EQ(event_of(simulation, "ExecutionStarted").details.text("roleArn"), "arn:aws:iam::111122223333:role/machine");
}

TEST(Step, TokensCannotBeForetoldFromEachOther) {
  auto definition = defined(one_task(R"("Catch":[{"ErrorEquals":["States.ALL"],"Next":"T"}],)"));
  Simulation simulation(definition, *base::parse_json(R"({"T":[{"error":"E"},{"error":"E"},{"output":1}]})"));
  simulation.run(Json::object());
  ASSERT_EQ(simulation.started.size(), 3u);
  EXPECT_NE(simulation.started[0].token, simulation.started[1].token);
  EXPECT_NE(simulation.started[1].token, simulation.started[2].token);
}

TEST(Step, AnAnswerToATaskThatIsOverIsNotTaken) {
  Simulation simulation(defined(one_task("")), no_scripts());
  simulation.by_itself = false;
  simulation.run(Json::object());
  auto task = simulation.started[0].task;
  simulation.give({.kind = Event::Kind::task_succeeded, .task = task + 1, .output = 1});
  EXPECT_FALSE(simulation.taken);
  auto done = simulation.give({.kind = Event::Kind::task_succeeded, .task = task, .output = 1});
  EXPECT_TRUE(simulation.taken);
  EXPECT_EQ(done.status, ExecutionStatus::succeeded);
  auto before = encode_execution(done);
  for (auto kind : {Event::Kind::task_succeeded, Event::Kind::task_failed, Event::Kind::task_heartbeat,
                    Event::Kind::stop, Event::Kind::time, Event::Kind::redrive, Event::Kind::start}) {
    auto after = simulation.give({.kind = kind, .task = task});
    EXPECT_FALSE(simulation.taken);
    EXPECT_EQ(encode_execution(after), before);
  }
}

TEST(Step, AnAnswerAfterTheDeadlineFindsTheTaskTimedOut) {
  Simulation simulation(defined(one_task(R"("TimeoutSeconds":10,)")), no_scripts());
  simulation.by_itself = false;
  simulation.run(Json::object());
  simulation.now += base::Seconds(11);
  auto execution =
      simulation.give({.kind = Event::Kind::task_succeeded, .task = simulation.started[0].task, .output = 1});
  EXPECT_FALSE(simulation.taken);
  EXPECT_EQ(execution.status, ExecutionStatus::failed);
  EXPECT_EQ(*execution.failure.error, kTimeout);
}

TEST(Step, StoppingAbortsWhatIsGoingOn) {
  Simulation simulation(defined(one_task("")), no_scripts());
  simulation.by_itself = false;
  simulation.run(Json::object());
  auto execution = simulation.give({.kind = Event::Kind::stop, .failure = {"E", "withdrawn", {}}});
  EXPECT_EQ(execution.status, ExecutionStatus::aborted);
  EXPECT_EQ(simulation.history.back().type, "ExecutionAborted");
  EXPECT_EQ(simulation.history.back().details.dump(), R"({"error":"E","cause":"withdrawn"})");
  EXPECT_EQ(simulation.history[simulation.history.size() - 2].type, "TaskStateAborted");
  EXPECT_TRUE(outstanding(*defined(one_task("")), execution).empty());
}

TEST(Step, ARedriveGoesOnFromTheStateThatFailed) {
  auto definition =
      defined(R"({"StartAt":"A","States":{"A":{"Type":"Pass","Assign":{"x":5},"Result":{"k":1},"Next":"T"},
    "T":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"x.$":"$x","k.$":"$.k"},"End":true}}})");
  Simulation simulation(definition, *base::parse_json(R"({"T":[{"error":"E"},{"output":"second"}]})"));
  EXPECT_EQ(simulation.run(Json::object()).status, ExecutionStatus::failed);
  simulation.give({.kind = Event::Kind::redrive});
  EXPECT_TRUE(simulation.taken);
  auto execution = simulation.to_end();
  EXPECT_EQ(execution.status, ExecutionStatus::succeeded);
  EXPECT_EQ(execution.redrive_count, 1);
  EXPECT_FALSE(execution.failure.error);
  EXPECT_EQ(simulation.started[1].input.dump(), R"({"x":5,"k":1})");
  EXPECT_EQ(event_of(simulation, "ExecutionRedriven").details.dump(), R"({"redriveCount":1})");
}

TEST(Step, AfterARestartWhatIsOutstandingIsSaidAgain) {
  auto definition = defined(one_task(R"("TimeoutSeconds":60,)"));
  Simulation simulation(definition, no_scripts());
  simulation.by_itself = false;
  auto execution = *decode_execution(encode_execution(simulation.run(Json::object())));
  auto effects = outstanding(*definition, execution);
  ASSERT_EQ(effects.size(), 2u);
  EXPECT_EQ(std::get<StartTask>(effects[0]).token, simulation.started[0].token);
  EXPECT_EQ(std::get<WakeAt>(effects[1]).at, simulation.started[0].deadline);
  simulation.give({.kind = Event::Kind::task_submitted, .task = 1, .output = 1});
  execution = simulation.give({.kind = Event::Kind::task_heartbeat, .task = 1});
  ASSERT_EQ(outstanding(*definition, execution).size(), 1u) << "what was submitted is not started again";
}

TEST(Step, ATimerIsSaidOnceUntilItChanges) {
  auto definition = defined(R"({"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":60,"End":true}}})");
  Execution fresh;
  fresh.input = Json::object();
  auto first = step(*definition, fresh, {.kind = Event::Kind::start, .entropy = std::string(16, 'e')});
  ASSERT_EQ(first.effects.size(), 1u);
  auto again =
      step(*definition, first.execution,
           {.kind = Event::Kind::time, .at = base::Instant(base::Seconds(59)), .entropy = std::string(16, 'e')});
  EXPECT_TRUE(again.effects.empty());
  EXPECT_TRUE(again.history.empty());
}

TEST(Step, ClocksThatGoBackDoNotTurnHistoryAround) {
  Simulation simulation(defined(one_task("")), no_scripts());
  simulation.by_itself = false;
  simulation.run(Json::object());
  simulation.now -= base::Seconds(3600);
  simulation.give({.kind = Event::Kind::task_succeeded, .task = 1, .output = 1});
  EXPECT_EQ(simulation.history.back().at, simulation.history.front().at);
}

std::vector<std::string> exits(const Simulation& simulation) {
  std::vector<std::string> out;
  for (auto& event : simulation.history)
    if (event.type.ends_with("StateExited")) out.push_back(event.details.text("name"));
  return out;
}

TEST(Step, AfterAClockThatWasSetBackNewWaitsAreNoLonger) {
  Simulation simulation(defined(R"({"StartAt":"T","States":{
    "T":{"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage.waitForTaskToken","TimeoutSeconds":90000,"Next":"W"},
    "W":{"Type":"Wait","Seconds":10,"End":true}}})"),
                        no_scripts());
  simulation.by_itself = false;
  simulation.run(Json::object());
  simulation.now -= base::Seconds(3600);
  auto execution = simulation.give({.kind = Event::Kind::task_succeeded, .task = 1, .output = 1});
  EXPECT_EQ(*execution.wake_at, simulation.now + base::Seconds(10));
  simulation.now += base::Seconds(9);
  EXPECT_EQ(simulation.give({Event::Kind::time}).status, ExecutionStatus::running) << "and no shorter";
  simulation.now += base::Seconds(1);
  EXPECT_EQ(simulation.give({Event::Kind::time}).status, ExecutionStatus::succeeded);
}

TEST(Step, AClockThatIsSetBackFiresNothingEarlyOrTwice) {
  Simulation simulation(defined(R"({"StartAt":"A","States":{"A":{"Type":"Wait","Seconds":60,"Next":"B"},
    "B":{"Type":"Wait","Seconds":60,"End":true}}})"),
                        no_scripts());
  simulation.by_itself = false;
  auto execution = simulation.run(Json::object());
  auto due = *execution.wake_at;
  simulation.now -= base::Seconds(3600);
  simulation.give({Event::Kind::time});
  EXPECT_TRUE(exits(simulation).empty());
  simulation.now = due;
  execution = simulation.give({Event::Kind::time});
  EXPECT_EQ(exits(simulation), std::vector<std::string>{"A"});
  simulation.now -= base::Seconds(3600);
  simulation.give({Event::Kind::time});
  simulation.now = due;
  simulation.give({Event::Kind::time});
  EXPECT_EQ(exits(simulation), std::vector<std::string>{"A"});
}

TEST(Step, AClockThatJumpsForwardFiresWhatWasDueInItsOrder) {
  std::string branches;
  for (auto [name, seconds] : {std::pair("Third", 30), {"First", 10}, {"Fourth", 40}, {"Second", 20}})
    branches += std::string(branches.empty() ? "" : ",") + R"({"StartAt":")" + name + R"(","States":{")" + name +
                R"(":{"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage.waitForTaskToken","TimeoutSeconds":)" +
                std::to_string(seconds) + R"(,"Catch":[{"ErrorEquals":["States.Timeout"],"Next":"E)" + name +
                R"("}],"End":true},"E)" + name + R"(":{"Type":"Succeed"}}})";
  Simulation simulation(
      defined(R"({"StartAt":"P","States":{"P":{"Type":"Parallel","End":true,"Branches":[)" + branches + "]}}}"),
      no_scripts());
  simulation.by_itself = false;
  simulation.run(Json::object());
  simulation.now += std::chrono::hours(24);
  auto execution = simulation.give({Event::Kind::time});
  EXPECT_EQ(execution.status, ExecutionStatus::succeeded);
  auto left = exits(simulation);
  left.resize(4);
  EXPECT_EQ(left, (std::vector<std::string>{"First", "Second", "Third", "Fourth"}));
  EXPECT_FALSE(simulation.give({Event::Kind::time}).wake_at) << "once";
}

TEST(Step, AMachineWhoseTimeWasUpDuringTheJumpTimesOut) {
  Simulation simulation(
      defined(R"({"StartAt":"W","TimeoutSeconds":20,"States":{"W":{"Type":"Wait","Seconds":10,"Next":"V"},
    "V":{"Type":"Wait","Seconds":5,"End":true}}})"),
      no_scripts());
  simulation.by_itself = false;
  simulation.run(Json::object());
  simulation.now += std::chrono::hours(24);
  EXPECT_EQ(simulation.give({Event::Kind::time}).status, ExecutionStatus::timed_out);
}

TEST(Step, AResultBeyondThePayloadLimitIsTheTasksFailure) {
  auto definition = defined(R"({"StartAt":"T","States":{"C":{"Type":"Succeed"},"T":{"Type":"Task","End":true,
    "Resource":"arn:aws:states:::lambda:invoke",
    "Catch":[{"ErrorEquals":["States.TaskFailed"],"Next":"C"},{"ErrorEquals":["States.ALL"],"Next":"C"}]}}})");
  Json big = std::string(kPayloadBytesMax, 'x');
  Simulation simulation(definition, Json::object().set("T", Json(Json::Array{Json::object().set("output", big)})));
  auto execution = simulation.run(Json::object());
  EXPECT_EQ(*execution.failure.error, kDataLimitExceeded);
  EXPECT_EQ(
      *execution.failure.cause,
      "The state/task 'lambda' returned a result with a size exceeding the maximum number of bytes service limit.");
  EXPECT_EQ(event_of(simulation, "TaskFailed").details.text("error"), kDataLimitExceeded);
}

TEST(Step, AStateThatDoublesItsInputMeetsTheLimit) {
  Simulation simulation(
      defined(
          R"({"StartAt":"A","States":{"A":{"Type":"Pass","Parameters":{"a.$":"$","b.$":"$"},"Next":"B"},"B":{"Type":"Choice","Choices":[{"Variable":"$.x","IsPresent":true,"Next":"C"}],"Default":"A"},"C":{"Type":"Succeed"}}})"),
      no_scripts());
  EXPECT_EQ(*simulation.run(Json::object()).failure.error, kDataLimitExceeded);
}

TEST(Step, AStateThatNestsItsInputMeetsTheLimitOfDepth) {
  Simulation simulation(
      defined(
          R"({"StartAt":"A","States":{"A":{"Type":"Pass","Parameters":{"a.$":"$"},"Next":"B"},"B":{"Type":"Choice","Choices":[{"Variable":"$.x","IsPresent":true,"Next":"C"}],"Default":"A"},"C":{"Type":"Succeed"}}})"),
      no_scripts());
  simulation.interrupted = true;
  EXPECT_EQ(*simulation.run(Json::object()).failure.error, kDataLimitExceeded);
}

TEST(Step, OneStepIsBoundedHoweverLongTheLoop) {
  Simulation simulation(
      defined(
          R"({"StartAt":"A","States":{"A":{"Type":"Pass","Next":"B"},"B":{"Type":"Choice","Choices":[{"Variable":"$.x","IsPresent":true,"Next":"C"}],"Default":"A"},"C":{"Type":"Succeed"}}})"),
      no_scripts());
  auto execution = simulation.run(Json::object());
  EXPECT_EQ(static_cast<int64_t>(simulation.history.size()), kHistoryEventsMax);
  EXPECT_EQ(simulation.history.back().type, "ExecutionFailed");
  EXPECT_GE(simulation.steps, 300u);
  EXPECT_EQ(execution.last_event, kHistoryEventsMax);
}

TEST(Step, ALoopInABranchDoesNotStarveTheOthers) {
  Simulation simulation(defined(R"({"StartAt":"P","States":{"P":{"Type":"Parallel","End":true,"Branches":[
    {"StartAt":"A","States":{"A":{"Type":"Pass","Next":"B"},"B":{"Type":"Choice","Choices":[{"Variable":"$.x","IsPresent":true,"Next":"C"}],"Default":"A"},"C":{"Type":"Succeed"}}},
    {"StartAt":"F","States":{"F":{"Type":"Pass","Next":"G"},"G":{"Type":"Fail","Error":"G"}}}]}}})"),
                        no_scripts());
  EXPECT_EQ(*simulation.run(Json::object()).failure.error, "G");
  EXPECT_LT(simulation.history.size(), 30u);
}

TEST(Step, MapsInMapsDoNotStartWithoutEnd) {
  std::string text = R"({"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":1,"End":true}}})";
  for (int i = 0; i < 3; ++i) {
    auto name = "M" + std::to_string(i);
    text = R"({"StartAt":")" + name + R"(","States":{")" + name +
           R"(":{"Type":"Map","ItemsPath":"$$.Execution.Input","ItemProcessor":)" + text + R"(,"End":true}}})";
  }
  Json::Array items(30, Json(1));
  Simulation simulation(defined(text), no_scripts());
  auto execution = simulation.run(Json(items));
  EXPECT_EQ(execution.status, ExecutionStatus::failed);  // 27,000 iterations have more events than a history
  size_t most = 0;
  Simulation watched(defined(text), no_scripts());
  watched.by_itself = false;
  auto now = watched.run(Json(items));
  for (int i = 0; i < 200; ++i) {
    watched.next();
    now = watched.give({.kind = Event::Kind::go_on});
    most = std::max(most, now.strands.size());
  }
  EXPECT_LE(most, 2 * kStrandsMax);
}

TEST(Execution, ARecordThatIsNoneIsRefused) {
  for (auto* text :
       {"", "[]", "{\"Status\":\"DREAMING\"}", "{\"Strands\":[{\"Phase\":\"asleep\"}]}", "{\"LastEvent\":\"x\"}"})
    EXPECT_FALSE(decode_execution(text).ok()) << text;
}

}  // namespace
}  // namespace weir::workflow
