// Whole executions as data: testdata/machines/*.json, one case per line:
//   name, machine (a definition; without StartAt it is its states, the first of which begins), input, tasks
//   (simulation.h), and what is expected: status, output, error, cause, history (the types
//   in order), at_s (seconds from begin to end).
// Every case runs twice: at one stretch, and with the execution written and read back after every step.
#include <gtest/gtest.h>

#include <filesystem>

#include "workflow/query_words.h"
#include "workflow/simulation.h"

namespace weir::workflow {
namespace {

Json definition_of(const Json& machine) {
  if (machine.find("StartAt")) return machine;
  return Json::object().set("StartAt", machine.as_object()->front().first).set("States", machine);
}

void expect_outcome(const Json& expected, const Simulation& simulation, const Execution& execution) {
  EXPECT_EQ(to_string(execution.status), expected.text("status", "SUCCEEDED"));
  if (auto* output = expected.find("output")) {
    EXPECT_EQ(execution.output.dump(), output->dump());
  }
  if (auto* error = expected.find("error")) {
    EXPECT_EQ(execution.failure.error.value_or("(none)"), *error->as_string());
  }
  if (auto* cause = expected.find("cause")) {
    EXPECT_EQ(execution.failure.cause.value_or("(none)"), *cause->as_string());
  }
  if (auto* seconds = expected.find("at_s")) {
    EXPECT_EQ(std::chrono::duration_cast<base::Seconds>(simulation.now - execution.started_at).count(),
              *seconds->as_int());
  }
  if (!expected.find("history")) return;
  std::string types;
  for (auto& event : simulation.history) types += event.type + " ";
  std::string wanted;
  for (auto& type : *expected.find("history")->as_array()) wanted += *type.as_string() + " ";
  EXPECT_EQ(types, wanted);
}

void expect_sound_history(const std::vector<HistoryEvent>& history) {
  for (size_t i = 0; i < history.size(); ++i) {
    EXPECT_EQ(history[i].id, static_cast<int64_t>(i + 1));
    EXPECT_LT(history[i].previous, history[i].id);
    EXPECT_EQ(history[i].previous == 0, i < 2) << i;
    EXPECT_TRUE(i == 0 || history[i].at >= history[i - 1].at);
  }
}

void run_case(const Json& one) {
  QueryWords words;
  auto read = parse_definition(definition_of(*one.find("machine")).dump(), MachineType::standard, &words);
  ASSERT_NE(read.definition, nullptr) << refusal(read.diagnostics);
  auto scripts = one.find("tasks") ? *one.find("tasks") : Json::object();
  auto input = one.find("input") ? *one.find("input") : Json::object();
  Simulation plain(read.definition, scripts, &words), interrupted(read.definition, scripts, &words);
  interrupted.interrupted = true;
  auto end = plain.run(input);
  expect_outcome(one, plain, end);
  expect_sound_history(plain.history);
  auto other = interrupted.run(input);
  EXPECT_EQ(told(plain, end), told(interrupted, other));
}

TEST(Machines, EndAsTheirCasesSay) {
  size_t cases = 0;
  for (auto& entry : std::filesystem::directory_iterator("src/workflow/testdata/machines")) {
    auto file = case_file("machines/" + entry.path().filename().string());
    for (auto& one : *file.as_array()) {
      SCOPED_TRACE(entry.path().filename().string() + ": " + one.text("name"));
      run_case(one);
      ++cases;
    }
  }
  EXPECT_GE(cases, 150u);
}

}  // namespace
}  // namespace weir::workflow
