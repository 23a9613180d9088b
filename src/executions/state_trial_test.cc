#include "executions/state_trial.h"

#include <gtest/gtest.h>

namespace weir::executions {
namespace {

using base::Json;
using Status = StateAnswer::Status;

Json json(const std::string& text) { return *base::parse_json(text); }

// `result` or `error` is what the task comes to.
StateAnswer try_state(StateQuestion question, std::optional<Json> result = {}, std::string error = {}) {
  base::SeededRandomness randomness(3);
  question.mocked = result || !error.empty();
  auto trial = StateTrial::prepare(question, nullptr);
  EXPECT_TRUE(trial.ok()) << trial.error().says;
  auto task = trial->begin({}, base::from_epoch_seconds(1e9), randomness);
  EXPECT_EQ(task.has_value(), question.mocked);
  workflow::Event event{.kind = result ? workflow::Event::Kind::task_succeeded : workflow::Event::Kind::task_failed};
  if (result) event.output = *result;
  if (!error.empty()) event.failure.error = error;
  if (task) trial->end_task(event, randomness);
  return trial->answer(randomness);
}

const char kTask[] = R"({"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"a.$":"$.a"},
  "ResultSelector":{"b.$":"$.b"},"ResultPath":"$.r","Next":"Then",
  "Retry":[{"ErrorEquals":["Twice"],"MaxAttempts":2}],"Catch":[{"ErrorEquals":["Caught"],"Next":"Caught"}]})";

TEST(StateTrial, APassStateEndsWithItsOutput) {
  auto answer = try_state({json(R"({"Type":"Pass","Result":{"x":1},"End":true})"), "", json("{}"), {}});
  EXPECT_EQ(answer.status, Status::succeeded);
  EXPECT_EQ(answer.output->dump(), R"({"x":1})");
  EXPECT_EQ(answer.next_state, "");
}

TEST(StateTrial, AChoiceNamesWhereItGoes) {
  auto state = json(R"({"Type":"Choice","Choices":[{"Variable":"$.a","NumericEquals":1,"Next":"One"}],"Default":"D"})");
  EXPECT_EQ(try_state({state, "", json(R"({"a":1})"), {}}).next_state, "One");
  EXPECT_EQ(try_state({state, "", json(R"({"a":2})"), {}}).next_state, "D");
}

TEST(StateTrial, ATaskShowsEachStageOfItsData) {
  auto answer = try_state({json(kTask), "", json(R"({"a":7})"), {}}, json(R"({"b":8,"c":9})"));
  EXPECT_EQ(answer.status, Status::succeeded);
  EXPECT_EQ(answer.next_state, "Then");
  EXPECT_EQ(answer.output->dump(), R"({"a":7,"r":{"b":8}})");
  EXPECT_EQ(answer.inspection.text("afterParameters"), R"({"a":7})");
  EXPECT_EQ(answer.inspection.text("afterResultSelector"), R"({"b":8})");
  EXPECT_EQ(answer.inspection.text("afterResultPath"), R"({"a":7,"r":{"b":8}})");
}

TEST(StateTrial, ErrorsAreRetriedCaughtOrFail) {
  auto question = [](int64_t retries) { return StateQuestion{json(kTask), "", json(R"({"a":7})"), {}, true, retries}; };
  EXPECT_EQ(try_state(question(0), {}, "Twice").status, Status::retriable);
  EXPECT_EQ(try_state(question(2), {}, "Twice").status, Status::failed);
  auto caught = try_state(question(0), {}, "Caught");
  EXPECT_EQ(caught.status, Status::caught_error);
  EXPECT_EQ(caught.next_state, "Caught");
  auto failed = try_state(question(0), {}, "Other");
  EXPECT_EQ(failed.status, Status::failed);
  EXPECT_EQ(failed.failure.error, "Other");
}

TEST(StateTrial, AStateIsFoundInsideItsMachineAndVariablesAreThere) {
  auto machine = json(R"({"StartAt":"M","States":{"M":{"Type":"Map","End":true,"ItemProcessor":{"StartAt":"In",
    "States":{"In":{"Type":"Pass","Parameters":{"v.$":"$v"},"Next":"In2"},"In2":{"Type":"Succeed"}}}}}})");
  auto answer = try_state({machine, "In", json("{}"), json(R"({"v":5})")});
  EXPECT_EQ(answer.output->dump(), R"({"v":5})");
  EXPECT_EQ(answer.next_state, "In2");
}

TEST(StateTrial, AMapNeedsAMock) {
  auto map = json(R"({"Type":"Map","ResultPath":"$.r","End":true,"ItemProcessor":{"StartAt":"In",
    "States":{"In":{"Type":"Succeed"}}}})");
  EXPECT_FALSE(StateTrial::prepare({map, "", json("{}"), {}}, nullptr).ok());
  EXPECT_EQ(try_state({map, "", json("{}"), {}}, json("[1]")).output->dump(), R"({"r":[1]})");
}

TEST(StateTrial, AStateThatLeadsToItselfDoesSoOnce) {
  auto state = json(R"({"Type":"Pass","Next":"Again"})");
  auto machine = Json::object().set("StartAt", "Again").set("States", Json::object().set("Again", state));
  EXPECT_EQ(try_state({machine, "Again", json("{}"), {}}).next_state, "Again");
}

TEST(StateTrial, WhatIsNoStateIsRefused) {
  EXPECT_EQ(StateTrial::prepare({json("[]"), "", json("{}"), {}}, nullptr).error().about, "definition");
  EXPECT_EQ(StateTrial::prepare({json(R"({"Type":"Nap"})"), "", json("{}"), {}}, nullptr).error().about, "definition");
}

}  // namespace
}  // namespace weir::executions
