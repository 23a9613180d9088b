#include "base/text.h"
#include "base/utf8.h"
#include "workflow/limits.h"
#include "workflow/run.h"

namespace weir::workflow {
namespace {

constexpr size_t kTokenBytes = 48;

std::string shown_name(const TaskResource& resource) {
  return resource.kind == TaskResource::Kind::service ? resource.type_name() : resource.arn;
}

}  // namespace

Status Run::start_task(Strand& strand, const State& state) {
  WEIR_CHECK_OK(strand_task(strand, state));
  strand.phase = Phase::task;
  strand.task->id = ++execution_.last_task;
  scheduled(strand, state);
  auto& task = *strand.task;
  effects_.push_back(StartTask{task.id, state.name, state.resource, task.input, task.token, task.role, task.deadline});
  return {};
}

// The task is put on the strand before its parameters are evaluated: they may ask for its token.
Status Run::strand_task(Strand& strand, const State& state) {
  auto& task = strand.task.emplace();
  if (state.resource.has_token()) task.token = base::base64url(entropy_.bytes(kTokenBytes));
  WEIR_TRY(auto input, effective_input(strand, state));
  int64_t timeout = kSecondsMax;
  if (state.timeout) {
    WEIR_TRY(timeout, integer(*state.timeout, strand, input, 1, kSecondsMax));
  }
  task.deadline = now_ + base::Seconds(timeout);
  if (state.heartbeat) {
    WEIR_TRY(task.heartbeat_s, integer(*state.heartbeat, strand, input, 1, kSecondsMax));
    // An activity's heart is expected to beat from when a worker takes it.
    if (state.resource.kind != TaskResource::Kind::activity)
      task.heartbeat_due = now_ + base::Seconds(*task.heartbeat_s);
  }
  if (state.role) {
    WEIR_TRY(auto role, read(*state.role, strand, input));
    if (!role.as_string()) return runtime_error("The RoleArn of Credentials must be a string");
    task.role = *role.as_string();
  }
  if (state.payload) {
    WEIR_TRY(input, read(*state.payload, strand, input));
  }
  WEIR_CHECK_OK(within_limits(state, input));
  task.input = std::move(input);
  return {};
}

void Run::scheduled(Strand& strand, const State& state) {
  auto& task = *strand.task;
  Json details = Json::object();
  if (state.resource.kind == TaskResource::Kind::service) {
    details.set("region", execution_.region);
    details.set("parameters", task.input.dump());
  } else {
    details.set("resource", state.resource.arn);
    set_payload(details, "input", task.input);
  }
  auto timeout = std::chrono::duration_cast<base::Seconds>(task.deadline - now_).count();
  if (state.timeout) details.set("timeoutInSeconds", static_cast<int64_t>(timeout));
  bool beats = task.heartbeat_s && state.resource.kind != TaskResource::Kind::lambda_function;
  if (beats) details.set("heartbeatInSeconds", *task.heartbeat_s);
  if (task.role) details.set("taskCredentials", Json::object().set("roleArn", *task.role));
  task_event(strand, "Scheduled", std::move(details));
}

void Run::task_started(Strand& strand, const std::string& worker) {
  auto& task = *strand.task;
  if (task.started) return;
  task.started = true;
  bool is_activity = state_of(strand).resource.kind == TaskResource::Kind::activity;
  if (is_activity && task.heartbeat_s) task.heartbeat_due = now_ + base::Seconds(*task.heartbeat_s);
  Json details = Json::object();
  if (is_activity && !worker.empty()) details.set("workerName", worker);
  task_event(strand, "Started", std::move(details));
}

void Run::task_submitted(Strand& strand, const Json& output) {
  auto& task = *strand.task;
  taken_ = state_of(strand).resource.is_submitted() && !task.submitted;
  if (!taken_) return;
  task_started(strand, "");
  task.submitted = true;
  Json details = Json::object();
  set_payload(details, "output", output);
  task_event(strand, "Submitted", std::move(details));
}

void Run::task_succeeded(Strand& strand, Json output) {
  auto& state = state_of(strand);
  if (!within_limits(state, output).ok()) {
    auto says = "The state/task '" + shown_name(state.resource) +
                "' returned a result with a size exceeding the maximum number of bytes service limit.";
    return task_failed(strand, {kDataLimitExceeded, says, {}}, Event::Stage::running);
  }
  task_started(strand, "");
  Json details = Json::object();
  set_payload(details, "output", output);
  task_event(strand, "Succeeded", std::move(details));
  auto status = leave(strand, state, std::move(output));
  if (!status.ok()) fail_state(strand, in_state(strand, state, std::move(status).error()));
}

void Run::task_failed(Strand& strand, const Failure& given, Event::Stage stage) {
  Failure failure = given;
  if (failure.error) failure.error = base::shortened(*failure.error, kErrorBytesMax);
  if (failure.cause) failure.cause = base::shortened(*failure.cause, kCauseBytesMax);
  auto kind = state_of(strand).resource.kind;
  bool never_started = stage == Event::Stage::starting && !strand.task->started;
  if (never_started) {
    task_event(strand, kind == TaskResource::Kind::activity ? "ScheduleFailed" : "StartFailed",
               failure_details(failure));
  } else {
    task_started(strand, "");
    bool submitting = stage == Event::Stage::submitting && kind == TaskResource::Kind::service;
    task_event(strand, submitting ? "SubmitFailed" : "Failed", failure_details(failure));
  }
  fail_state(strand, failure);
}

// As recorded on AWS a missed heartbeat is named States.Timeout; a rule may call it by either name.
void Run::task_timed_out(Strand& strand, bool heartbeat) {
  Failure failure{kTimeout, std::nullopt, heartbeat ? kHeartbeatTimeout : ""};
  effects_.push_back(CancelTask{strand.task->id});
  if (state_of(strand).resource.kind != TaskResource::Kind::activity) task_started(strand, "");
  task_event(strand, "TimedOut", failure_details(failure));
  fail_state(strand, failure);
}

}  // namespace weir::workflow
