#include <algorithm>

#include "base/utf8.h"
#include "workflow/limits.h"
#include "workflow/run.h"

namespace weir::workflow {
namespace {

base::Error too_large(const State& state) {
  return states_error(kDataLimitExceeded,
                      "The state/task '" + state.name +
                          "' returned a result with a size exceeding the maximum number of bytes service limit.");
}

}  // namespace

Variables Run::visible(const Strand& strand) const {
  Variables out = strand.variables;
  for (auto parent = strand.parent; parent;) {
    auto& above = strands_.at(parent);
    out.insert(above.variables.begin(), above.variables.end());
    parent = above.parent;
  }
  return out;
}

// The item of the innermost Map that the strand is in.
std::optional<Run::Item> Run::item_of(const Strand& strand) const {
  for (auto* at = &strand; at->parent;) {
    auto& above = strands_.at(at->parent);
    if (state_of(above).kind == StateKind::map) return Item{at->index, &*above.fan};
    at = &above;
  }
  return std::nullopt;
}

Json Run::context(const Strand& strand, std::optional<Item> item) const {
  Json execution = Json::object();
  execution.set("Id", execution_.arn).set("Input", execution_.input).set("Name", execution_.name);
  execution.set("RoleArn", execution_.role_arn).set("StartTime", base::to_iso8601_millis(execution_.started_at));
  execution.set("RedriveCount", execution_.redrive_count);
  if (execution_.redriven_at) execution.set("RedriveTime", base::to_iso8601_millis(*execution_.redriven_at));
  Json state = Json::object().set("Name", strand.state);
  state.set("EnteredTime", base::to_iso8601_millis(strand.entered_at)).set("RetryCount", strand.retry_count);
  Json out = Json::object().set("Execution", std::move(execution));
  out.set("StateMachine", Json::object().set("Id", execution_.machine_arn).set("Name", execution_.machine_name));
  out.set("State", std::move(state));
  bool tells_token = strand.task && state_of(strand).resource.pattern == TaskResource::Pattern::callback;
  if (tells_token) out.set("Task", Json::object().set("Token", strand.task->token));
  if (!item) return out;
  auto place = static_cast<size_t>(item->index);
  Json shown = Json::object().set("Index", item->index);
  if (!item->fan->keys.empty()) shown.set("Key", item->fan->keys[place]);
  shown.set("Value", item->fan->items[place]).set("Source", "STATE_DATA");
  out.set("Map", Json::object().set("Item", std::move(shown)));
  return out;
}

Run::Sight Run::sight(const Strand& strand, const Json& input, std::optional<Item> item) {
  Sight out;
  out.context = context(strand, item ? item : item_of(strand));
  if (strand.parent) out.merged = visible(strand);
  out.scope.input = &input;
  out.scope.entropy = &entropy_;
  out.scope.jsonata = jsonata_;
  out.scope.now = at_;
  return out;
}

Result<Json> Run::read(const Template& from, const Strand& strand, const Json& input) {
  auto seen = sight(strand, input);
  return evaluate(from, seen.bound(strand));
}

Result<Json> Run::effective_input(const Strand& strand, const State& state) {
  if (!state.input_path) return strand.input;
  return read(*state.input_path, strand, strand.input);
}

Result<int64_t> Run::integer(const Template& from, const Strand& strand, const Json& input, int64_t least,
                             int64_t most) {
  WEIR_TRY(auto value, read(from, strand, input));
  auto number = whole_number(value);
  if (number && *number >= least && *number <= most) return *number;
  auto range = "integer from " + std::to_string(least) + " to " + std::to_string(most);
  return wrong_value(from, range, value, "Expected an " + range + ", got '" + base::shortened(value.dump(), 256) + "'");
}

// From the state's result to its end: ResultSelector, Assign, ResultPath, OutputPath.
Status Run::leave(Strand& strand, const State& state, Json result) {
  if (state.language == QueryLanguage::jsonata) return leave_jsonata(strand, state, std::move(result));
  if (state.result_selector) {
    WEIR_TRY(result, read(*state.result_selector, strand, result));
  }
  auto seen = sight(strand, result);
  WEIR_TRY(auto variables, evaluate(state.assign, seen.bound(strand)));
  WEIR_TRY(auto output, state.result_path.combine(strand.input, std::move(result)));
  if (state.output_path) {
    WEIR_TRY(output, read(*state.output_path, strand, output));
  }
  return exit(strand, state, std::move(output), std::move(variables), state.next);
}

Status Run::leave_jsonata(Strand& strand, const State& state, Json result) {
  bool has_result = state.kind == StateKind::task || state.kind == StateKind::parallel || state.kind == StateKind::map;
  auto seen = sight(strand, strand.input);
  auto& scope = seen.bound(strand);
  if (has_result) seen.scope.result = &result;
  WEIR_TRY(auto variables, evaluate(state.assign, scope));
  if (!state.output) return exit(strand, state, std::move(result), std::move(variables), state.next);
  WEIR_TRY(auto output, evaluate(*state.output, scope));
  return exit(strand, state, std::move(output), std::move(variables), state.next);
}

Status Run::within_limits(const State& state, const Json& value) const {
  bool fits = json_bytes(value) <= kPayloadBytesMax && json_depth(value) <= kPayloadDepthMax;
  return fits ? Status() : too_large(state);
}

Status Run::assign(Strand& strand, const Variables& assigned) {
  if (assigned.empty()) return {};
  auto next = assigned;
  next.insert(strand.variables.begin(), strand.variables.end());
  size_t bytes = 0, fresh = 0;
  for (auto& [name, value] : assigned) fresh += json_bytes(value);
  for (auto& [name, value] : next) bytes += json_bytes(value);
  if (fresh > kPayloadBytesMax || bytes > kVariablesBytesMax)
    return states_error(kDataLimitExceeded, "The variables of the state '" + strand.state +
                                                "' exceed the maximum number of bytes service limit.");
  strand.variables = std::move(next);
  return {};
}

Status Run::exit(Strand& strand, const State& state, Json output, Variables assigned, const std::string& next) {
  WEIR_CHECK_OK(within_limits(state, output));
  WEIR_CHECK_OK(assign(strand, assigned));
  Json details = Json::object().set("name", state.name);
  set_payload(details, "output", output);
  if (!assigned.empty()) {
    Json shown = Json::object();
    for (auto& [name, value] : assigned) shown.set(name, value.dump());
    details.set("assignedVariables", std::move(shown));
    details.set("assignedVariablesDetails", Json::object().set("truncated", false));
  }
  note(strand, std::string(to_string(state.kind)) + "StateExited", "stateExitedEventDetails", std::move(details));
  strand.attempts.clear();
  strand.retry_count = 0;
  strand.task.reset();
  strand.fan.reset();
  if (next.empty()) return complete(strand, std::move(output)), Status();
  strand.state = next;
  strand.input = std::move(output);
  strand.phase = Phase::enter;
  return {};
}

}  // namespace weir::workflow
