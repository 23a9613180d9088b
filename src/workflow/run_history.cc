#include "base/text.h"
#include "workflow/limits.h"
#include "workflow/run.h"

namespace weir::workflow {
namespace {

Json not_truncated() { return Json::object().set("truncated", false); }

// history's prefix of a task's events, by what kind of resource it has.
std::string prefix(TaskResource::Kind kind) {
  switch (kind) {
    case TaskResource::Kind::lambda_function: return "LambdaFunction";
    case TaskResource::Kind::activity: return "Activity";
    case TaskResource::Kind::service: return "Task";
  }
  return {};
}

std::string details_of(std::string type) {
  type[0] = base::ascii_lower(type[0]);
  return type + "EventDetails";
}

}  // namespace

void set_payload(Json& details, const char* name, const Json& value) {
  details.set(name, value.dump());
  details.set(std::string(name) + "Details", not_truncated());
}

Json failure_details(const Failure& failure) {
  Json out = Json::object();
  if (failure.error) out.set("error", *failure.error);
  if (failure.cause) out.set("cause", *failure.cause);
  return out;
}

int64_t Run::emit(int64_t previous, std::string type, const char* details_name, Json details) {
  if (execution_.last_event >= kHistoryEventsMax - 1) {
    full_ = true;
    return previous;
  }
  auto id = ++execution_.last_event;
  history_.push_back({id, previous, at_, std::move(type), details_name, std::move(details)});
  return id;
}

void Run::note(Strand& strand, std::string type, const char* details_name, Json details) {
  strand.last_event = emit(strand.last_event, std::move(type), details_name, std::move(details));
}

void Run::entered(Strand& strand, const State& state) {
  Json details = Json::object().set("name", state.name);
  set_payload(details, "input", strand.input);
  note(strand, std::string(to_string(state.kind)) + "StateEntered", "stateEnteredEventDetails", std::move(details));
  strand.entered_at = at_;
  strand.entered_event = strand.last_event;
}

// Scheduled, Started, Submitted, Succeeded, Failed, TimedOut, StartFailed, SubmitFailed of the strand's task.
void Run::task_event(Strand& strand, std::string_view what, Json extra) {
  auto& resource = state_of(strand).resource;
  auto type = prefix(resource.kind) + std::string(what);
  Json details = Json::object();
  if (resource.kind == TaskResource::Kind::service) {
    details.set("resourceType", resource.type_name());
    details.set("resource", resource.resource_name());
  }
  for (auto& [name, value] : *extra.as_object()) details.set(name, value);
  bool bare = type == "LambdaFunctionStarted";  // the one type without details
  auto name = bare ? std::string() : details_of(type);
  note(strand, std::move(type), name.c_str(), bare ? Json() : std::move(details));
}

// The kinds of state that take time have an event for being cut short.
void Run::aborted(Strand& strand, const State& state) {
  bool takes_time = state.kind == StateKind::task || state.kind == StateKind::wait ||
                    state.kind == StateKind::parallel || state.kind == StateKind::map;
  if (takes_time) note(strand, std::string(to_string(state.kind)) + "StateAborted");
}

}  // namespace weir::workflow
