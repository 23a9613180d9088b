#include "base/utf8.h"
#include "workflow/limits.h"
#include "workflow/run.h"

namespace weir::workflow {
namespace {

Json error_output(const Failure& failure) {
  Json out = Json::object();
  out.set("Error", failure.error ? Json(*failure.error) : Json());
  out.set("Cause", failure.cause ? Json(*failure.cause) : Json());
  return out;
}

}  // namespace

// An evaluation that failed, as a failure of the state, in AWS's words.
Failure Run::in_state(Strand& strand, const State& state, base::Error error) {
  auto out = to_failure(error);
  if (error.kind == base::Kind::not_found) out.also = kParameterPathFailure;
  if (out.error == kDataLimitExceeded) return out;
  if (out.error == kQueryEvaluationError) {
    auto details = failure_details(out);
    if (!error.log.empty()) details.set("location", error.log);
    details.set("state", state.name);
    note(strand, "EvaluationFailed", "evaluationFailedEventDetails", std::move(details));
  }
  auto where = "An error occurred while executing the state '" + state.name + "' (entered at the event id #" +
               std::to_string(strand.entered_event) + "). ";
  out.cause = base::shortened(where + out.cause.value_or(""), kCauseBytesMax);
  return out;
}

// Retry, then Catch, then it is the strand that fails.
void Run::fail_state(Strand& strand, const Failure& failure) {
  auto& state = state_of(strand);
  strand.task.reset();
  strand.fan.reset();
  if (retried(strand, state, failure) || caught(strand, state, failure)) return;
  fail_strand(strand, failure);
}

// The first retrier that names the failure decides; when its attempts are used up, none does.
bool Run::retried(Strand& strand, const State& state, const Failure& failure) {
  for (size_t i = 0; i < state.retry.size(); ++i) {
    auto& retrier = state.retry[i];
    if (!names_failure(retrier.error_equals, failure)) continue;
    if (strand.attempts[i] >= retrier.attempts_max) return false;
    strand.wake_at = now_ + retrier.delay(strand.attempts[i], entropy_);
    ++strand.attempts[i];
    ++strand.retry_count;
    strand.phase = Phase::retry;
    return true;
  }
  return false;
}

bool Run::caught(Strand& strand, const State& state, const Failure& failure) {
  for (auto& catcher : state.catchers) {
    if (!names_failure(catcher.error_equals, failure)) continue;
    auto status = catch_with(strand, state, catcher, failure);
    if (!status.ok()) fail_strand(strand, in_state(strand, state, std::move(status).error()));
    return true;
  }
  return false;
}

Status Run::catch_with(Strand& strand, const State& state, const Catcher& catcher, const Failure& failure) {
  auto error = error_output(failure);
  bool is_jsonata = state.language == QueryLanguage::jsonata;
  auto seen = sight(strand, is_jsonata ? strand.input : error);
  auto& scope = seen.bound(strand);
  if (is_jsonata) seen.scope.error_output = &error;
  WEIR_TRY(auto variables, evaluate(catcher.assign, scope));
  Json output;
  if (catcher.output) {
    WEIR_TRY(output, evaluate(*catcher.output, scope));
  } else {
    WEIR_TRY(output, catcher.result_path.combine(strand.input, error));
  }
  return exit(strand, state, std::move(output), std::move(variables), catcher.next);
}

void Run::fail_strand(Strand& strand, const Failure& failure) {
  if (!strand.parent) return end_failed(failure);
  auto& parent = strands_.at(strand.parent);
  auto& state = state_of(parent);
  auto index = strand.index;
  auto last_event = strand.last_event;
  strands_.erase(strand.id);
  if (state.kind == StateKind::map) {
    auto details = Json::object().set("name", state.name).set("index", index);
    parent.last_event = emit(last_event, "MapIterationFailed", "mapIterationFailedEventDetails", std::move(details));
    return tolerate(parent, index, failure);
  }
  parent.last_event = last_event;
  auto branch = failure;
  branch.also = kBranchFailed;
  fail_fan(parent, branch);
}

// Ends every strand below, the innermost first.
void Run::abort_below(int64_t parent) {
  auto& above = strands_.at(parent);
  std::vector<int64_t> below;
  for (auto& [id, strand] : strands_)
    if (strand.parent == parent) below.push_back(id);
  for (auto id : below) {
    abort_below(id);
    auto& strand = strands_.at(id);
    if (strand.phase != Phase::enter) aborted(strand, state_of(strand));
    if (strand.task) effects_.push_back(CancelTask{strand.task->id});
    if (state_of(above).kind == StateKind::map) {
      auto details = Json::object().set("name", above.state).set("index", strand.index);
      note(strand, "MapIterationAborted", "mapIterationAbortedEventDetails", std::move(details));
    }
    strands_.erase(id);
  }
}

}  // namespace weir::workflow
