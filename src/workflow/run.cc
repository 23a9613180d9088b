#include "workflow/run.h"

#include <algorithm>

#include "workflow/limits.h"

namespace weir::workflow {
namespace {

bool may_run(Phase phase) { return phase == Phase::enter || phase == Phase::again || phase == Phase::waited; }

// The earliest instant that something happens to a strand by itself.
std::optional<base::Instant> due_at(const Strand& strand) {
  if (strand.wake_at) return strand.wake_at;
  if (!strand.task) return std::nullopt;
  return strand.task->heartbeat_due ? std::min(*strand.task->heartbeat_due, strand.task->deadline)
                                    : strand.task->deadline;
}

std::optional<base::Instant> earlier(std::optional<base::Instant> a, std::optional<base::Instant> b) {
  if (!a || !b) return a ? a : b;
  return std::min(*a, *b);
}

StartTask start_effect(const Strand& strand, const State& state) {
  auto& task = *strand.task;
  return {task.id, state.name, state.resource, task.input, task.token, task.role, task.deadline};
}

}  // namespace

Step step(const Definition& definition, Execution execution, const Event& event, const Expressions* jsonata) {
  return Run(definition, std::move(execution), event, jsonata).finish();
}

std::vector<Effect> outstanding(const Definition& definition, const Execution& execution) {
  std::vector<Effect> out;
  if (execution.status != ExecutionStatus::running) return out;
  bool goes_on = false;
  for (auto& strand : execution.strands) {
    goes_on = goes_on || may_run(strand.phase);
    if (!strand.task) continue;
    auto& state = definition.state(strand.state);
    bool with_worker = state.resource.kind == TaskResource::Kind::activity && strand.task->started;
    if (!strand.task->submitted && !with_worker) out.push_back(start_effect(strand, state));
  }
  if (execution.wake_at) out.push_back(WakeAt{*execution.wake_at});
  if (goes_on) out.push_back(GoOn{});
  return out;
}

Run::Run(const Definition& definition, Execution execution, const Event& event, const Expressions* jsonata)
    : definition_(definition), jsonata_(jsonata), execution_(std::move(execution)), entropy_(event.entropy) {
  CHECK_TRUE(event.entropy.size() >= kEntropyBytesMin, "tokens drawn from less could be foretold");
  for (auto& strand : execution_.strands) strands_.emplace(strand.id, std::move(strand));
  execution_.strands.clear();
  // INVARIANT: history's times never go back, whatever the clocks of two servers say. What is waited for is measured
  // by the clock as it is: one that was set back an hour makes nobody wait an hour more from then on.
  now_ = event.at;
  at_ = std::max(event.at, execution_.updated_at);
  apply(event);
}

Step Run::finish() && {
  std::optional<base::Instant> wake;
  bool goes_on = false;
  if (is_running()) wake = execution_.deadline;
  for (auto& [id, strand] : strands_) {
    if (is_running()) wake = earlier(wake, due_at(strand));
    goes_on = goes_on || (is_running() && may_run(strand.phase));
    execution_.strands.push_back(std::move(strand));
  }
  if (wake && wake != execution_.wake_at) effects_.push_back(WakeAt{*wake});
  execution_.wake_at = wake;
  if (goes_on) effects_.push_back(GoOn{});
  return {std::move(execution_), std::move(effects_), std::move(history_), taken_};
}

void Run::apply(const Event& event) {
  bool fresh = execution_.last_event == 0;
  bool redrives = event.kind == Event::Kind::redrive;
  bool starts = event.kind == Event::Kind::start;
  bool ended_badly = !is_running() && execution_.status != ExecutionStatus::succeeded;
  taken_ = starts ? fresh && is_running() : redrives ? ended_badly : is_running() && !fresh;
  if (!taken_) return;
  if (starts) begin();
  if (redrives) redrive();
  if (!starts && !redrives) happen(event);
  // Who starts an execution waits for the step and does not wait for expressions: they are the next step's.
  bool leaves_rest = (starts || redrives) && definition_.has_jsonata();
  if (is_running() && !leaves_rest) rounds();
  if (taken_ || !history_.empty()) execution_.updated_at = at_;
}

void Run::begin() {
  execution_.started_at = at_;
  if (auto limit = definition_.timeout_s()) execution_.deadline = now_ + base::Seconds(*limit);
  Json details = Json::object();
  set_payload(details, "input", execution_.input);
  details.set("roleArn", execution_.role_arn);
  if (execution_.alias_arn) details.set("stateMachineAliasArn", *execution_.alias_arn);
  if (execution_.version_arn) details.set("stateMachineVersionArn", *execution_.version_arn);
  // The state's first event follows nothing, as this one: the root's last event stays 0.
  emit(0, "ExecutionStarted", "executionStartedEventDetails", std::move(details));
  Strand root;
  root.id = ++execution_.last_strand;
  root.state = definition_.machine().start;
  root.input = execution_.input;
  strands_.emplace(root.id, std::move(root));
}

void Run::redrive() {
  execution_.status = ExecutionStatus::running;
  execution_.ended_at.reset();
  execution_.failure = {};
  execution_.redriven_at = at_;
  ++execution_.redrive_count;
  if (auto limit = definition_.timeout_s()) execution_.deadline = now_ + base::Seconds(*limit);
  auto& root = strands_.begin()->second;
  root.phase = Phase::enter;
  note(root, "ExecutionRedriven", "executionRedrivenEventDetails",
       Json::object().set("redriveCount", execution_.redrive_count));
}

void Run::stop(const Failure& failure) {
  auto& root = strands_.begin()->second;
  abort_below(root.id);
  aborted(root, state_of(root));
  end(ExecutionStatus::aborted, "ExecutionAborted", "executionAbortedEventDetails", failure_details(failure));
  execution_.failure = failure;
}

Strand* Run::by_task(int64_t task) {
  for (auto& [id, strand] : strands_)
    if (strand.task && strand.task->id == task) return &strand;
  return nullptr;
}

// What was due before comes first: an answer after the deadline finds its task timed out.
void Run::happen(const Event& event) {
  expire();
  if (!is_running()) {
    taken_ = event.kind == Event::Kind::time || event.kind == Event::Kind::go_on;
    return;
  }
  bool of_task = event.kind != Event::Kind::go_on && event.kind != Event::Kind::time && event.kind != Event::Kind::stop;
  auto* strand = of_task ? by_task(event.task) : nullptr;
  taken_ = !of_task || strand;
  if (event.kind == Event::Kind::stop) return stop(event.failure);
  if (!strand) return;
  switch (event.kind) {
    case Event::Kind::task_started: return task_started(*strand, event.worker);
    case Event::Kind::task_submitted: return task_submitted(*strand, event.output);
    case Event::Kind::task_succeeded: return task_succeeded(*strand, event.output);
    case Event::Kind::task_failed: return task_failed(*strand, event.failure, event.stage);
    case Event::Kind::task_heartbeat:
      if (strand->task->heartbeat_s) strand->task->heartbeat_due = now_ + base::Seconds(*strand->task->heartbeat_s);
      return;
    case Event::Kind::start:
    case Event::Kind::go_on:
    case Event::Kind::time:
    case Event::Kind::stop:
    case Event::Kind::redrive: return;  // no events of a task
  }
}

void Run::expire() {
  while (is_running() && expire_next()) {
  }
}

// The earliest due thing, strands in their order; false when nothing is due.
bool Run::expire_next() {
  Strand* next = nullptr;
  for (auto& [id, strand] : strands_) {
    auto due = due_at(strand);
    if (due && *due <= now_ && (!next || *due < *due_at(*next))) next = &strand;
  }
  bool whole = execution_.deadline && *execution_.deadline <= now_ && (!next || *execution_.deadline <= *due_at(*next));
  if (whole) {
    end(ExecutionStatus::timed_out, "ExecutionTimedOut", "executionTimedOutEventDetails", Json::object());
    return true;
  }
  if (!next) return false;
  if (next->task) {
    task_timed_out(*next, *due_at(*next) != next->task->deadline);
  } else {
    next->phase = next->phase == Phase::wait ? Phase::waited : Phase::again;
    next->wake_at.reset();
  }
  return true;
}

// Each strand that may run makes one transition per round, so that none starves another; the step ends after a
// round when it was long enough.
void Run::rounds() {
  if (full_) return end_full();
  for (size_t transitions = 0; is_running() && transitions < kTransitionsPerStep;) {
    std::vector<int64_t> ready;
    for (auto& [id, strand] : strands_)
      if (may_run(strand.phase)) ready.push_back(id);
    if (ready.empty()) return;
    for (auto id : ready) {
      auto found = strands_.find(id);
      if (!is_running() || found == strands_.end() || !may_run(found->second.phase)) continue;
      ++transitions;
      advance(found->second);
      if (full_ && is_running()) end_full();
    }
  }
}

void Run::advance(Strand& strand) {
  if (strand.phase == Phase::enter) return enter(strand);
  work(strand);
}

void Run::end(ExecutionStatus status, const char* type, const char* details_name, Json details) {
  for (auto& [id, strand] : strands_)
    if (strand.task) effects_.push_back(CancelTask{strand.task->id});
  auto& root = strands_.begin()->second;
  // INVARIANT: the last of kHistoryEventsMax events is kept free for the end.
  history_.push_back({++execution_.last_event, root.last_event, at_, type, details_name, std::move(details)});
  root.last_event = execution_.last_event;
  execution_.status = status;
  execution_.ended_at = at_;
  effects_.push_back(Ended{status});
  keep_root();
}

void Run::end_failed(const Failure& failure) {
  execution_.failure = failure;
  end(ExecutionStatus::failed, "ExecutionFailed", "executionFailedEventDetails", failure_details(failure));
}

void Run::end_full() {
  end_failed({kRuntime,
              "The execution reached the maximum number of history events (" + std::to_string(kHistoryEventsMax) + ").",
              {}});
}

// A redrive goes on from the root's state and its input; everything below it is over.
void Run::keep_root() {
  std::erase_if(strands_, [](auto& entry) { return entry.second.parent != 0; });
  auto& root = strands_.begin()->second;
  root.task.reset();
  root.fan.reset();
  root.wake_at.reset();
  root.attempts.clear();
  root.retry_count = 0;
  root.phase = Phase::enter;
  if (execution_.status == ExecutionStatus::succeeded) strands_.clear();
}

}  // namespace weir::workflow
