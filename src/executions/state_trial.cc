#include "executions/state_trial.h"

#include <algorithm>
#include <set>

#include "workflow/entropy.h"
#include "workflow/limits.h"

namespace weir::executions {

using base::Json;
using workflow::Event;

namespace {

constexpr size_t kEntropyBytes = 32;
constexpr char kUnnamed[] = "State";
constexpr char kBefore[] = "(variables)";
// A task that nobody calls, in the place of what a Parallel or Map state does.
constexpr char kStandIn[] = "arn:aws:states:::lambda:invoke";

const Json* find_state(const Json& machine, std::string_view name);

const Json* find_below(const Json& state, std::string_view name) {
  if (auto* branches = state.find("Branches"); branches && branches->as_array())
    for (const auto& branch : *branches->as_array())
      if (auto* found = find_state(branch, name)) return found;
  for (const char* inner : {"ItemProcessor", "Iterator"})
    if (auto* machine = state.find(inner))
      if (auto* found = find_state(*machine, name)) return found;
  return nullptr;
}

const Json* find_state(const Json& machine, std::string_view name) {
  auto* states = machine.find("States");
  if (!states || !states->as_object()) return nullptr;
  for (const auto& [key, state] : *states->as_object()) {
    if (key == name) return &state;
    if (auto* found = find_below(state, name)) return found;
  }
  return nullptr;
}

void note_target(const Json& object, const char* field, std::set<std::string>& into) {
  if (auto text = object.text(field); !text.empty()) into.insert(std::move(text));
}

std::set<std::string> targets_of(const Json& state) {
  std::set<std::string> out;
  note_target(state, "Next", out);
  note_target(state, "Default", out);
  for (const char* list : {"Choices", "Catch"}) {
    auto* items = state.find(list);
    if (!items || !items->as_array()) continue;
    for (const auto& item : *items->as_array()) note_target(item, "Next", out);
  }
  return out;
}

// What a Parallel or Map state does is left out; what it does with the result stays.
Json without_machines(const Json& state) {
  static constexpr std::string_view kInner[] = {"Branches",
                                                "ItemProcessor",
                                                "Iterator",
                                                "ItemsPath",
                                                "Items",
                                                "ItemSelector",
                                                "MaxConcurrency",
                                                "ItemReader",
                                                "ItemBatcher",
                                                "ResultWriter",
                                                "Label",
                                                "MaxConcurrencyPath",
                                                "ToleratedFailureCount",
                                                "ToleratedFailurePercentage",
                                                "ToleratedFailureCountPath",
                                                "ToleratedFailurePercentagePath"};
  Json out = Json::object();
  for (const auto& [name, value] : *state.as_object())
    if (std::find(std::begin(kInner), std::end(kInner), name) == std::end(kInner)) out.set(name, value);
  return out.set("Type", "Task").set("Resource", kStandIn);
}

std::string unlike(std::string name, const std::set<std::string>& taken) {
  while (taken.contains(name)) name += "'";
  return name;
}

base::Error no_state(const std::string& name) {
  return base::invalid("Invalid State Machine Definition: the state '" + name + "' is not in it", "definition");
}

Json payload_text(const Json& value) { return value.dump(); }

}  // namespace

base::Result<StateTrial> StateTrial::prepare(const StateQuestion& question, const workflow::Expressions* jsonata) {
  bool whole = question.definition.find("States") != nullptr;
  auto* found = whole ? find_state(question.definition, question.state_name) : &question.definition;
  if (!found || !found->as_object()) return no_state(question.state_name);
  auto state = *found;
  bool fans = state.text("Type") == "Parallel" || state.text("Type") == "Map";
  if (fans && !question.mocked)
    return base::invalid("State type '" + state.text("Type") + "' is only supported when a mock is specified",
                         "validation");
  if (fans) state = without_machines(state);
  auto targets = targets_of(state);
  StateTrial out;
  out.name_ = unlike(question.state_name.empty() ? kUnnamed : question.state_name, targets);
  auto states = Json::object();
  auto first = out.name_;
  if (auto* variables = question.variables.as_object(); variables && !variables->empty()) {
    first = unlike(kBefore, targets);
    states.set(first, Json::object().set("Type", "Pass").set("Assign", question.variables).set("Next", out.name_));
  }
  states.set(out.name_, std::move(state));
  for (const auto& target : targets) states.set(target, Json::object().set("Type", "Succeed"));
  auto machine = Json::object().set("StartAt", first).set("States", std::move(states));
  auto language = whole ? question.definition.text("QueryLanguage") : "";
  if (!language.empty()) machine.set("QueryLanguage", language);
  auto read = workflow::parse_definition(machine.dump(), workflow::MachineType::standard, jsonata);
  if (!read.definition) return base::invalid(refusal(read.diagnostics), "definition");
  out.definition_ = std::move(read.definition);
  out.jsonata_ = jsonata;
  out.input_ = question.input;
  out.retry_count_ = question.retry_count;
  return out;
}

void StateTrial::step(Event event, base::Randomness& randomness) {
  event.at = at_;
  event.entropy = randomness.bytes(kEntropyBytes);
  auto step = workflow::step(*definition_, std::move(execution_), event, jsonata_);
  execution_ = std::move(step.execution);
  history_.insert(history_.end(), step.history.begin(), step.history.end());
  bool goes_on = false;
  for (auto& effect : step.effects) {
    if (auto* task = std::get_if<workflow::StartTask>(&effect)) task_ = std::move(*task);
    goes_on = goes_on || std::holds_alternative<workflow::GoOn>(effect);
  }
  if (goes_on) this->step({.kind = Event::Kind::go_on}, randomness);
}

std::optional<workflow::StartTask> StateTrial::begin(workflow::Execution seed, base::Instant at,
                                                     base::Randomness& randomness) {
  at_ = at;
  execution_ = std::move(seed);
  execution_.input = input_;
  step({.kind = Event::Kind::start}, randomness);
  bool waits = !execution_.strands.empty() && execution_.strands.front().phase == workflow::Phase::wait;
  if (waits && execution_.wake_at) {
    at_ = *execution_.wake_at;
    step({.kind = Event::Kind::time}, randomness);
  }
  return task_;
}

void StateTrial::end_task(Event event, base::Randomness& randomness) {
  if (execution_.strands.empty() || !task_) return;
  auto& strand = execution_.strands.front();
  strand.retry_count = retry_count_;
  strand.attempts.assign(definition_->state(name_).retry.size(), retry_count_);
  event.task = task_->task;
  if (event.kind == Event::Kind::task_succeeded) result_ = event.output;
  step(std::move(event), randomness);
}

const workflow::HistoryEvent* StateTrial::find_event(std::string_view type_end) const {
  for (const auto& event : history_)
    if (event.type.ends_with(type_end)) return &event;
  return nullptr;
}

Json StateTrial::inspect(base::Randomness& randomness) const {
  const auto& state = definition_->state(name_);
  auto out = Json::object().set("input", payload_text(input_));
  if (result_) out.set("result", payload_text(*result_));
  if (state.language == workflow::QueryLanguage::jsonata) {
    if (task_) out.set("afterArguments", payload_text(task_->input));
    return out;
  }
  workflow::Entropy entropy(randomness.bytes(kEntropyBytes));
  workflow::Variables variables;
  auto context = Json::object();
  workflow::Scope scope{&input_, &context, &variables, &entropy, jsonata_, nullptr, nullptr};
  auto effective = state.input_path ? evaluate(*state.input_path, scope) : base::Result<Json>(input_);
  if (!effective.ok()) return out;
  out.set("afterInputPath", payload_text(*effective));
  if (state.payload && task_) out.set("afterParameters", payload_text(task_->input));
  if (!result_) return out;
  auto result = *result_;
  scope.input = &result;
  auto selected = state.result_selector ? evaluate(*state.result_selector, scope) : base::Result<Json>(result);
  if (!selected.ok()) return out;
  out.set("afterResultSelector", payload_text(*selected));
  auto combined = state.result_path.combine(input_, *selected);
  if (combined.ok()) out.set("afterResultPath", payload_text(*combined));
  return out;
}

StateAnswer StateTrial::answer(base::Randomness& randomness) const {
  StateAnswer out;
  out.inspection = inspect(randomness);
  auto* failed = find_event("Failed");
  if (!failed) failed = find_event("TimedOut");
  if (failed) {
    if (failed->details.find("error")) out.failure.error = failed->details.text("error");
    if (failed->details.find("cause")) out.failure.cause = failed->details.text("cause");
  }
  using Status = StateAnswer::Status;
  if (execution_.status == workflow::ExecutionStatus::succeeded) {
    out.status = failed ? Status::caught_error : Status::succeeded;
    out.output = execution_.output;
    for (const auto& event : history_)
      if (event.type == "SucceedStateEntered" && event.details.text("name") != name_)
        out.next_state = event.details.text("name");
    return out;
  }
  bool retries = !execution_.strands.empty() && execution_.strands.front().phase == workflow::Phase::retry;
  out.status = retries ? Status::retriable : Status::failed;
  if (!retries && execution_.failure.error) out.failure = execution_.failure;
  return out;
}

}  // namespace weir::executions
