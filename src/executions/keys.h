// Where everything of the States service lies in the store. One list, so that prefixes never meet.
//
// Threads: pure functions.
#pragma once
#include "executions/names.h"
#include "store/key.h"

namespace weir::executions::keys {

// --- machines
inline std::string machines(std::string_view account) { return store::key("sfn-machine", account); }
inline std::string machine(std::string_view account, std::string_view name) {
  return store::key("sfn-machine", account, name);
}
inline std::string revision(std::string_view account, std::string_view id) {
  return store::key("sfn-revision", account, id);
}
// Executions that began with a revision.
inline std::string revision_uses(std::string_view account, std::string_view id) {
  return store::key("sfn-revision-use", account, id);
}
inline std::string revision_use(const ExecutionId& execution, std::string_view id) {
  return store::key("sfn-revision-use", execution.account, id, execution.machine, execution.run);
}
inline std::string versions(std::string_view account, std::string_view machine) {
  return store::key("sfn-version", account, machine);
}
inline std::string version(std::string_view account, std::string_view machine, int64_t number) {
  return store::KeyBuilder(versions(account, machine)).integer(number).take();
}
inline std::string aliases(std::string_view account, std::string_view machine) {
  return store::key("sfn-alias", account, machine);
}
inline std::string alias(std::string_view account, std::string_view machine, std::string_view name) {
  return store::key("sfn-alias", account, machine, name);
}

// --- executions
inline std::string execution(const ExecutionId& id) { return store::key("sfn-run", id.account, id.machine, id.run); }
inline std::string about(const ExecutionId& id) { return store::key("sfn-about", id.account, id.machine, id.run); }
inline std::string history(const ExecutionId& id) { return store::key("sfn-history", id.account, id.machine, id.run); }
inline std::string history_from(const ExecutionId& id, int64_t event) {
  return store::KeyBuilder(history(id)).integer(event).take();
}
inline std::string list(std::string_view account, std::string_view machine) {
  return store::key("sfn-list", account, machine);
}
// The newest comes first.
inline std::string listed(const ExecutionId& id, base::Instant started) {
  return store::KeyBuilder(list(id.account, id.machine))
      .integer(-started.time_since_epoch().count())
      .text(id.run)
      .take();
}
inline std::string all_running() { return store::key("sfn-running"); }
inline std::string all_running(std::string_view account) { return store::key("sfn-running", account); }
inline std::string running(std::string_view account, std::string_view machine) {
  return store::key("sfn-running", account, machine);
}
inline std::string running(const ExecutionId& id) { return store::key("sfn-running", id.account, id.machine, id.run); }
inline std::string child(const ExecutionId& parent, int64_t task) {
  return store::KeyBuilder(store::key("sfn-child", parent.account, parent.machine, parent.run)).integer(task).take();
}
// Tasks of which somebody wants to hear that they are over.
inline std::string awaited(const ExecutionId& id, int64_t task) {
  return store::KeyBuilder(store::key("sfn-awaited", id.account, id.machine, id.run)).integer(task).take();
}
inline std::string own_tokens(const ExecutionId& id) {
  return store::key("sfn-own-token", id.account, id.machine, id.run);
}
inline std::string own_token(const ExecutionId& id, int64_t task) {
  return store::KeyBuilder(own_tokens(id)).integer(task).take();
}
inline std::string token(std::string_view hash) { return store::key("sfn-token", hash); }

// --- what is to happen
inline std::string effects() { return store::key("sfn-effect"); }
inline std::string effect(const ExecutionId& id, int64_t task, std::string_view kind) {
  return store::KeyBuilder(store::key("sfn-effect", id.account, id.machine, id.run)).integer(task).text(kind).take();
}
inline std::string wakes() { return store::key("sfn-wake"); }
inline std::string wakes_until(base::Instant at) {
  return store::KeyBuilder(wakes()).integer(at.time_since_epoch().count()).take();
}
inline std::string wake(base::Instant at, const ExecutionId& id) {
  return store::KeyBuilder(wakes_until(at)).text(id.account).text(id.machine).text(id.run).take();
}

// --- activities
inline std::string activities(std::string_view account) { return store::key("sfn-activity", account); }
inline std::string activity(std::string_view account, std::string_view name) {
  return store::key("sfn-activity", account, name);
}
inline std::string queues() { return store::key("sfn-queue"); }
inline std::string queue(std::string_view account, std::string_view activity) {
  return store::key("sfn-queue", account, activity);
}
inline std::string queued(std::string_view account, std::string_view activity, base::Instant at, const ExecutionId& id,
                          int64_t task) {
  return store::KeyBuilder(queue(account, activity))
      .integer(at.time_since_epoch().count())
      .text(id.machine)
      .text(id.run)
      .integer(task)
      .take();
}

// --- how many there are of a kind
inline std::string census(std::string_view account, std::string_view kind) {
  return store::key("sfn-census", account, kind);
}

// --- tags of machines and activities, by ARN
inline std::string tags(std::string_view arn) { return store::key("sfn-tags", arn); }

}  // namespace weir::executions::keys
