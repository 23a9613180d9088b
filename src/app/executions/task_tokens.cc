#include "app/executions/task_tokens.h"

#include "workflow/limits.h"

namespace weir::app {

using workflow::Event;

namespace {

constexpr size_t kEntropyBytes = 32;

base::Error invalid_token() { return base::invalid("Invalid Token: 'Invalid token'", "task token"); }

base::Status give(Call& call, const std::string& token, Event event) {
  event.at = call.now();
  event.entropy = call.lake().randomness.bytes(kEntropyBytes);
  return executions::write_steps(
      call.lake().store, [&](store::Transaction& tx, executions::StepsAhead& ahead) -> base::Status {
        auto records = execution_records(call, tx, &ahead);
        WEIR_TRY(auto held, records.find_token(token));
        if (!held || held->id.account != call.caller().account()) return invalid_token();
        auto own = event;
        own.task = held->task;
        WEIR_TRY(auto advanced, records.advance(held->id, own));
        if (advanced.taken) return {};
        return base::fail(base::Kind::expired, "Task Timed Out: 'Provided task does not exist anymore'", "task");
      });
}

}  // namespace

base::Status send_task_success(Call& call, const std::string& token, const std::string& output) {
  WEIR_CHECK_OK(call.authorize({.action = "states:SendTaskSuccess"}));
  auto json = workflow::parse_payload(output);
  if (!json.ok()) return base::invalid("Invalid Output: '" + json.error().says + "'", "output");
  bool fits = output.size() <= workflow::kPayloadBytesMax && workflow::json_depth(*json) <= workflow::kPayloadDepthMax;
  if (!fits) return base::invalid("Invalid Output: 'the output is too large or nested too deeply'", "output");
  Event event{.kind = Event::Kind::task_succeeded};
  event.output = std::move(*json);
  return give(call, token, std::move(event));
}

base::Status send_task_failure(Call& call, const std::string& token, const workflow::Failure& failure) {
  WEIR_CHECK_OK(call.authorize({.action = "states:SendTaskFailure"}));
  Event event{.kind = Event::Kind::task_failed};
  event.failure = failure;
  return give(call, token, std::move(event));
}

base::Status send_task_heartbeat(Call& call, const std::string& token) {
  WEIR_CHECK_OK(call.authorize({.action = "states:SendTaskHeartbeat"}));
  return give(call, token, {.kind = Event::Kind::task_heartbeat});
}

}  // namespace weir::app
