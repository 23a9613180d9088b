// Tests only: the tables under testdata/, and the variables and context that their rows may read.
#pragma once
#include <fstream>
#include <sstream>

#include "workflow/expression.h"

namespace weir::workflow {

inline Json case_file(const std::string& name) {
  std::ifstream file("src/workflow/testdata/" + name);  // tests run in the project's folder
  std::stringstream text;
  text << file.rdbuf();
  auto json = base::parse_json(text.str(), 300);
  CHECK_TRUE(json.ok(), "the cases are JSON");
  return std::move(*json);
}

inline std::vector<Json::Array> case_rows(const std::string& name) {
  std::vector<Json::Array> out;
  auto file = case_file(name);
  for (auto& row : *file.as_array()) out.push_back(*row.as_array());
  return out;
}

// Execution.Name is "run", $n is 41, $o is {"a":["v"]}.
struct CaseScope {
  Json context = *base::parse_json(R"({"Execution":{"Name":"run"}})");
  Variables variables{{"n", 41}, {"o", *base::parse_json(R"({"a":["v"]})")}};
  Entropy entropy{"seed"};
  Scope on(const Json& input) { return {&input, &context, &variables, &entropy}; }
};

}  // namespace weir::workflow
