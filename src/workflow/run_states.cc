#include "base/utf8.h"
#include "workflow/limits.h"
#include "workflow/run.h"

namespace weir::workflow {

void Run::enter(Strand& strand) {
  strand.attempts.assign(state_of(strand).retry.size(), 0);
  strand.retry_count = 0;
  entered(strand, state_of(strand));
  work(strand);
}

void Run::work(Strand& strand) {
  auto& state = state_of(strand);
  auto status = work_of(strand, state);
  if (!status.ok()) fail_state(strand, in_state(strand, state, std::move(status).error()));
}

Status Run::work_of(Strand& strand, const State& state) {
  switch (state.kind) {
    case StateKind::task: return start_task(strand, state);
    case StateKind::pass: return pass(strand, state);
    case StateKind::choice: return choice(strand, state);
    case StateKind::wait: return strand.phase == Phase::waited ? waited(strand, state) : wait(strand, state);
    case StateKind::succeed: return waited(strand, state);
    case StateKind::fail: return fail(strand, state);
    case StateKind::parallel: return start_parallel(strand, state);
    case StateKind::map: return start_map(strand, state);
  }
  return {};
}

Status Run::pass(Strand& strand, const State& state) {
  WEIR_TRY(auto result, effective_input(strand, state));
  if (state.result) {
    result = state.result->literal;
  } else if (state.payload) {
    WEIR_TRY(result, read(*state.payload, strand, result));
  }
  return leave(strand, state, std::move(result));
}

Status Run::choice(Strand& strand, const State& state) {
  WEIR_TRY(auto input, effective_input(strand, state));
  auto seen = sight(strand, input);
  auto& scope = seen.bound(strand);
  const ChoiceBranch* taken = nullptr;
  for (auto& branch : state.choices) {
    WEIR_TRY(bool match, matches(branch.rule, scope));
    if (!match) continue;
    taken = &branch;
    break;
  }
  if (!taken && state.otherwise.empty())
    return states_error(kNoChoiceMatched, "No choice of the state matched, and it has no Default.");
  WEIR_TRY(auto variables, evaluate(taken ? taken->assign : state.assign, scope));
  Json output = input;
  if (auto& made = taken ? taken->output : state.output) {
    WEIR_TRY(output, evaluate(*made, scope));
  } else if (state.output_path) {
    WEIR_TRY(output, read(*state.output_path, strand, input));
  }
  return exit(strand, state, std::move(output), std::move(variables), taken ? taken->next : state.otherwise);
}

Status Run::wait(Strand& strand, const State& state) {
  WEIR_TRY(auto input, effective_input(strand, state));
  base::Instant until;
  if (state.seconds) {
    WEIR_TRY(int64_t seconds, integer(*state.seconds, strand, input, 0, kSecondsMax));
    until = now_ + base::Seconds(seconds);
  } else {
    WEIR_TRY(auto text, read(*state.timestamp, strand, input));
    auto instant = text.as_string() ? timestamp_of(*text.as_string()) : std::nullopt;
    if (!instant)
      return wrong_value(*state.timestamp, "timestamp", text,
                         "Expected a timestamp, got '" + base::shortened(text.dump(), 256) + "'");
    until = *instant;
  }
  strand.wake_at = until;
  strand.phase = Phase::wait;
  return {};
}

// A state without work of its own: its effective input is its result.
Status Run::waited(Strand& strand, const State& state) {
  WEIR_TRY(auto input, effective_input(strand, state));
  return leave(strand, state, std::move(input));
}

Status Run::fail(Strand& strand, const State& state) {
  Failure failure;
  for (auto [from, to, bytes_max] : {std::tuple(&state.error, &failure.error, kErrorBytesMax),
                                     std::tuple(&state.cause, &failure.cause, kCauseBytesMax)}) {
    if (!*from) continue;
    WEIR_TRY(auto value, read(**from, strand, strand.input));
    if (!value.as_string())
      return wrong_value(**from, "string", value,
                         "Error and Cause must be strings, got '" + base::shortened(value.dump(), 256) + "'");
    *to = base::shortened(*value.as_string(), bytes_max);
  }
  fail_strand(strand, failure);
  return {};
}

}  // namespace weir::workflow
