// The language: testdata/expressions.json holds expressions and what the reference implementation gives for them, and
// both this engine and, where node is installed, the reference implementation as node runs it say so.
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <fstream>
#include <sstream>

#include "backends/jsonata/engine_fixture.h"

namespace weir::backends::jsonata {
namespace {

using base::Json;

constexpr char kCases[] = "src/backends/jsonata/testdata/expressions.json";

Json cases() {
  std::ifstream file(kCases);
  std::stringstream text;
  text << file.rdbuf();
  return *base::parse_json(text.str(), 100);
}

// [] for nothing, [value], or [null, code].
Json row_of(const workflow::Answer& answer) {
  if (!answer.ok()) {
    auto& says = answer.error().says;
    return Json::array().push(Json()).push(says.substr(0, says.find(':')));
  }
  return *answer ? Json::array().push(**answer) : Json::array();
}

Json expected_of(const Json& row) {
  auto out = *row.as_array();
  out.erase(out.begin());
  return Json(std::move(out));
}

TEST(Expressions, GiveWhatTheReferenceImplementationGives) {
  auto file = cases();
  Asking asking;
  asking.input = *file.find("states")->find("input");
  asking.context = *file.find("states")->find("context");
  for (auto& [name, value] : *file.find("variables")->as_object()) asking.variables.emplace(name, value);
  size_t done = 0;
  for (auto& row : *file.find("cases")->as_array()) {
    auto& expression = *row.as_array()->front().as_string();
    if (expression.find("$states.result") != std::string::npos) continue;  // of a task, not of this scope
    auto got = row_of(asking.answer(expression));
    EXPECT_TRUE(workflow::same_value(got, expected_of(row))) << expression << " gave " << got.dump();
    ++done;
  }
  EXPECT_GE(done, 250u);
}

std::string output_of(const std::string& command) {
  std::string out;
  std::unique_ptr<FILE, int (*)(FILE*)> pipe(::popen(command.c_str(), "r"), &::pclose);
  std::array<char, 4096> piece;
  while (auto got = ::fread(piece.data(), 1, piece.size(), pipe.get())) out.append(piece.data(), got);
  return out;
}

TEST(Expressions, GiveWhatNodeGives) {
  ASSERT_FALSE(output_of("command -v node").empty()) << "node is not installed: scripts/setup build installs it";
  auto answers =
      base::parse_json(output_of("node src/backends/jsonata/testdata/oracle.js " + std::string(kCases)), 100);
  ASSERT_TRUE(answers.ok());
  auto file = cases();
  auto& rows = *file.find("cases")->as_array();
  ASSERT_EQ(answers->as_array()->size(), rows.size());
  for (size_t i = 0; i < rows.size(); ++i)
    EXPECT_TRUE(workflow::same_value((*answers->as_array())[i], expected_of(rows[i]))) << rows[i].dump();
}

}  // namespace
}  // namespace weir::backends::jsonata
