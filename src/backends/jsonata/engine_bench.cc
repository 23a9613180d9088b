// What an evaluation costs, from the question to its value: a Choice condition, an Output of ten fields, a check.
#include <benchmark/benchmark.h>

#include "backends/jsonata/engine.h"

namespace weir::backends::jsonata {
namespace {

using base::Json;

const Engine& engine() {
  static const Engine kEngine;
  return kEngine;
}

workflow::JsonataQuery query(const std::string& text) { return {text, *engine().check(text), "Output"}; }

void evaluate(benchmark::State& state, const std::vector<workflow::JsonataQuery>& queries) {
  auto input = *base::parse_json(R"({"amount":150,"kind":"order","lines":[{"price":2,"quantity":3}],"owner":"ana"})");
  auto context = *base::parse_json(R"({"Execution":{"Name":"run"},"State":{"Name":"A"}})");
  workflow::Variables variables{{"limit", 100}};
  workflow::Entropy entropy("sixteen bytes or more");
  workflow::Scope scope{&input, &context, &variables, &entropy, &engine()};
  std::vector<const workflow::JsonataQuery*> pointers;
  for (auto& one : queries) pointers.push_back(&one);
  for (auto _ : state) {
    auto answers = engine().evaluate(pointers, scope);
    CHECK_TRUE(answers.front().ok(), "the expressions of a bench hold");
  }
  state.SetItemsProcessed(state.iterations());
}

void choice_condition(benchmark::State& state) {
  evaluate(state, {query("$states.input.amount > $limit and $states.input.kind = 'order'")});
}
BENCHMARK(choice_condition)->Unit(benchmark::kMicrosecond)->UseRealTime();
BENCHMARK(choice_condition)->Unit(benchmark::kMicrosecond)->UseRealTime()->Threads(2);

void output_of_ten_fields(benchmark::State& state) {
  std::vector<workflow::JsonataQuery> queries;
  for (int i = 0; i < 10; ++i)
    queries.push_back(query("$sum($states.input.lines.(price * quantity)) + " + std::to_string(i)));
  evaluate(state, queries);
}
BENCHMARK(output_of_ten_fields)->Unit(benchmark::kMicrosecond)->UseRealTime();

void check(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(engine().check("$states.input.amount > $limit"));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(check)->Unit(benchmark::kMicrosecond)->UseRealTime();

}  // namespace
}  // namespace weir::backends::jsonata
