// Tests only: whole executions as data, in folders of files under testdata/, one case per line:
//   name, machine (a definition; without StartAt it is its states, the first of which begins), input, letters (members
//   of the input that are texts of so many letters), tasks (simulation.h), and what is expected: status, output, error,
//   cause (all of it), cause_has (a part), error_bytes and cause_bytes, location (of EvaluationFailed), history (the
//   types in order), at_s (seconds from begin to end).
// tests/states_cases_test.py runs those without tasks against a server.
// Every case runs twice: at one stretch, and with the execution written and read back after every step.
#pragma once
#include <gtest/gtest.h>

#include <filesystem>

#include "workflow/simulation.h"

namespace weir::workflow {

inline Json definition_of(const Json& machine) {
  if (machine.find("StartAt")) return machine;
  return Json::object().set("StartAt", machine.as_object()->front().first).set("States", machine);
}

inline std::string location_of_failure(const std::vector<HistoryEvent>& history) {
  for (auto& event : history)
    if (event.type == "EvaluationFailed") return event.details.text("location");
  return "(no event)";
}

inline void expect_outcome(const Json& expected, const Simulation& simulation, const Execution& execution) {
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
  if (auto part = expected.text("cause_has"); !part.empty()) {
    EXPECT_NE(execution.failure.cause.value_or("(none)").find(part), std::string::npos) << *execution.failure.cause;
  }
  for (auto [name, said] :
       {std::pair("error_bytes", execution.failure.error), std::pair("cause_bytes", execution.failure.cause)})
    if (auto* bytes = expected.find(name)) {
      EXPECT_EQ(static_cast<int64_t>(said.value_or("").size()), *bytes->as_int());
    }
  if (auto place = expected.text("location"); !place.empty()) {
    EXPECT_EQ(location_of_failure(simulation.history), place);
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

inline void expect_sound_history(const std::vector<HistoryEvent>& history) {
  for (size_t i = 0; i < history.size(); ++i) {
    EXPECT_EQ(history[i].id, static_cast<int64_t>(i + 1));
    EXPECT_LT(history[i].previous, history[i].id);
    EXPECT_EQ(history[i].previous == 0, i < 2) << i;
    EXPECT_TRUE(i == 0 || history[i].at >= history[i - 1].at);
  }
}

inline Json input_of(const Json& one) {
  auto input = one.find("input") ? *one.find("input") : Json::object();
  if (auto* letters = one.find("letters"))
    for (auto& [name, count] : *letters->as_object())
      input.set(name, std::string(static_cast<size_t>(*count.as_int()), 'x'));
  return input;
}

inline void run_case(const Json& one, const Expressions& jsonata) {
  auto read = parse_definition(definition_of(*one.find("machine")).dump(), MachineType::standard, &jsonata);
  ASSERT_NE(read.definition, nullptr) << refusal(read.diagnostics);
  auto scripts = one.find("tasks") ? *one.find("tasks") : Json::object();
  auto input = input_of(one);
  Simulation plain(read.definition, scripts, &jsonata), interrupted(read.definition, scripts, &jsonata);
  interrupted.interrupted = true;
  auto end = plain.run(input);
  expect_outcome(one, plain, end);
  expect_sound_history(plain.history);
  auto other = interrupted.run(input);
  EXPECT_EQ(told(plain, end), told(interrupted, other));
}

// How many cases there were.
inline size_t run_cases(const std::string& folder, const Expressions& jsonata) {
  size_t cases = 0;
  for (auto& entry : std::filesystem::directory_iterator("src/workflow/testdata/" + folder)) {
    auto file = case_file(folder + "/" + entry.path().filename().string());
    for (auto& one : *file.as_array()) {
      SCOPED_TRACE(entry.path().filename().string() + ": " + one.text("name"));
      run_case(one, jsonata);
      ++cases;
    }
  }
  return cases;
}

}  // namespace weir::workflow
