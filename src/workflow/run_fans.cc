#include <algorithm>

#include "workflow/limits.h"
#include "workflow/run.h"

namespace weir::workflow {

Status Run::start_parallel(Strand& strand, const State& state) {
  WEIR_TRY(auto input, effective_input(strand, state));
  if (state.payload) {
    WEIR_TRY(input, read(*state.payload, strand, input));
  }
  Fan fan;
  fan.count = static_cast<int64_t>(state.machines.size());
  fan.outputs.resize(state.machines.size());
  strand.fan = std::move(fan);
  strand.phase = Phase::fan;
  note(strand, "ParallelStateStarted");
  for (auto& machine : state.machines) start_strand(strand, machine, strand.fan->started++, input, strand.last_event);
  return {};
}

Status Run::start_map(Strand& strand, const State& state) {
  WEIR_TRY(auto fan, map_fan(strand, state));
  strand.fan = std::move(fan);
  strand.phase = Phase::fan;
  note(strand, "MapStateStarted", "mapStateStartedEventDetails", Json::object().set("length", strand.fan->count));
  settle(strand);
  return {};
}

Result<Fan> Run::map_fan(Strand& strand, const State& state) {
  Fan fan;
  WEIR_TRY(fan.input, effective_input(strand, state));
  Json items = fan.input;
  if (state.items) {
    WEIR_TRY(items, read(*state.items, strand, fan.input));
  }
  if (auto* array = items.as_array()) fan.items = std::move(*array);
  if (auto* object = items.as_object())
    for (auto& [key, value] : *object) fan.keys.push_back(key), fan.items.push_back(std::move(value));
  if (!items.as_array() && !items.as_object())
    return wrong_value(state.items ? *state.items : Template(), "array", items,
                       "The items of a Map state must be an array or an object");
  fan.count = static_cast<int64_t>(fan.items.size());
  fan.outputs.resize(fan.items.size());
  fan.concurrency = kMapConcurrencyMax;
  if (state.concurrency) {
    WEIR_TRY(int64_t given, integer(*state.concurrency, strand, fan.input, 0, kSecondsMax));
    if (given > 0) fan.concurrency = std::min(given, kMapConcurrencyMax);
  }
  if (state.tolerated_count) {
    WEIR_TRY(fan.tolerated_count, integer(*state.tolerated_count, strand, fan.input, 0, kSecondsMax));
  }
  if (state.tolerated_percentage) {
    WEIR_TRY(auto percentage, read(*state.tolerated_percentage, strand, fan.input));
    auto number = number_of(percentage);
    if (!number || *number < 0 || *number > 100)
      return wrong_value(*state.tolerated_percentage, "number from 0 to 100", percentage,
                         "ToleratedFailurePercentage must be from 0 to 100");
    fan.tolerated_percentage = static_cast<double>(*number);
  }
  return fan;
}

// Starts iterations while there is room; one at least, or the Map would never end.
Status Run::launch(Strand& strand, const State& state) {
  auto& fan = *strand.fan;
  while (fan.started < fan.count && fan.running() < fan.concurrency) {
    if (fan.running() > 0 && strands_.size() >= kStrandsMax) return {};
    WEIR_CHECK_OK(start_iteration(strand, state));
  }
  return {};
}

Status Run::start_iteration(Strand& strand, const State& state) {
  auto& fan = *strand.fan;
  auto index = fan.started;
  Json input = fan.items[static_cast<size_t>(index)];
  if (state.item_selector) {
    bool is_jsonata = state.language == QueryLanguage::jsonata;
    auto seen = sight(strand, is_jsonata ? strand.input : fan.input, Item{index, &fan});
    WEIR_TRY(input, evaluate(*state.item_selector, seen.bound(strand)));
  }
  WEIR_CHECK_OK(within_limits(state, input));
  ++fan.started;
  auto details = Json::object().set("name", state.name).set("index", index);
  auto event = emit(strand.last_event, "MapIterationStarted", "mapIterationStartedEventDetails", std::move(details));
  start_strand(strand, state.machines.front(), index, std::move(input), event);
  return {};
}

void Run::start_strand(Strand& parent, const Machine& machine, int64_t index, Json input, int64_t previous) {
  Strand next;
  next.id = ++execution_.last_strand;
  next.parent = parent.id;
  next.index = index;
  next.state = machine.start;
  next.input = std::move(input);
  next.last_event = previous;
  strands_.emplace(next.id, std::move(next));
}

void Run::complete(Strand& strand, Json output) {
  if (!strand.parent) {
    if (full_) return end_full();
    Json details = Json::object();
    set_payload(details, "output", output);
    execution_.output = std::move(output);
    return end(ExecutionStatus::succeeded, "ExecutionSucceeded", "executionSucceededEventDetails", std::move(details));
  }
  auto& parent = strands_.at(strand.parent);
  auto& state = state_of(parent);
  if (state.kind == StateKind::map) {
    auto details = Json::object().set("name", state.name).set("index", strand.index);
    note(strand, "MapIterationSucceeded", "mapIterationSucceededEventDetails", std::move(details));
  }
  parent.last_event = strand.last_event;
  parent.fan->outputs[static_cast<size_t>(strand.index)] = std::move(output);
  ++parent.fan->finished;
  strands_.erase(strand.id);
  settle(parent);
}

// Goes on with a fan after one of its strands ended well, or before any began.
void Run::settle(Strand& parent) {
  auto& state = state_of(parent);
  auto& fan = *parent.fan;
  auto status = state.kind == StateKind::map ? launch(parent, state) : Status();
  if (!status.ok()) return fail_fan(parent, in_state(parent, state, std::move(status).error()));
  if (fan.finished < fan.count) return;
  note(parent, std::string(to_string(state.kind)) + "StateSucceeded");
  Json::Array outputs;
  for (int64_t i = 0; i < fan.count; ++i)
    if (std::find(fan.failed.begin(), fan.failed.end(), i) == fan.failed.end())
      outputs.push_back(std::move(fan.outputs[static_cast<size_t>(i)]));
  status = leave(parent, state, Json(std::move(outputs)));
  if (!status.ok()) fail_state(parent, in_state(parent, state, std::move(status).error()));
}

void Run::fail_fan(Strand& parent, const Failure& failure) {
  abort_below(parent.id);
  note(parent, std::string(to_string(state_of(parent).kind)) + "StateFailed");
  fail_state(parent, failure);
}

// Without a threshold the first failed iteration is the Map's failure.
void Run::tolerate(Strand& parent, int64_t index, const Failure& failure) {
  auto& fan = *parent.fan;
  if (!fan.tolerated_count && !fan.tolerated_percentage) return fail_fan(parent, failure);
  fan.failed.push_back(index);
  ++fan.finished;
  auto failed = static_cast<int64_t>(fan.failed.size());
  bool over = fan.tolerated_count && failed > *fan.tolerated_count;
  if (fan.tolerated_percentage)
    over = over || static_cast<double>(failed) * 100.0 > *fan.tolerated_percentage * static_cast<double>(fan.count);
  if (!over) return settle(parent);
  fail_fan(parent, {kExceedToleratedFailureThreshold, "The specified tolerated failure threshold was exceeded", {}});
}

}  // namespace weir::workflow
