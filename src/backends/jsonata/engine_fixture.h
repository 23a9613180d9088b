// Tests only: one engine for all tests of a program, and a scope to evaluate in.
#pragma once
#include "backends/jsonata/engine.h"

namespace weir::backends::jsonata {

inline const Engine& engine() {
  static const Engine kEngine;
  return kEngine;
}

struct Asking {
  base::Json input = base::Json::object();
  base::Json context = base::Json::object();
  workflow::Variables variables;
  std::string seed = "sixteen bytes or more";
  base::Instant now = *base::parse_iso8601("2026-01-01T00:00:00.125Z");
  const Engine& of = engine();

  std::vector<workflow::Answer> answers(const std::vector<std::string>& expressions) const {
    workflow::Entropy entropy(seed);
    workflow::Scope scope{&input, &context, &variables, &entropy, &of};
    scope.now = now;
    std::vector<workflow::JsonataQuery> queries;
    for (auto& text : expressions) {
      auto reads = of.check(text);
      queries.push_back({text, reads.ok() ? *reads : std::vector<std::string>(), "Output"});
    }
    std::vector<const workflow::JsonataQuery*> pointers;
    for (auto& query : queries) pointers.push_back(&query);
    return of.evaluate(pointers, scope);
  }
  workflow::Answer answer(const std::string& expression) const { return answers({expression}).front(); }
  // The value's JSON, "nothing", or "error: ...".
  std::string told(const std::string& expression) const {
    auto one = answer(expression);
    if (!one.ok()) return "error: " + one.error().says;
    return *one ? (*one)->dump() : "nothing";
  }
};

}  // namespace weir::backends::jsonata
