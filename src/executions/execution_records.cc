#include "executions/execution_records.h"

#include <algorithm>

#include "base/hash.h"
#include "executions/activity.h"
#include "executions/keys.h"
#include "workflow/limits.h"

namespace weir::executions {

using workflow::Event;
using workflow::Execution;
using workflow::ExecutionStatus;

std::string ExecutionRecords::keys_about(const ExecutionId& id) { return keys::about(id); }

std::string ExecutionRecords::keys_awaited(const ExecutionId& id, int64_t task) { return keys::awaited(id, task); }

std::optional<base::Instant> next_look(const ExecutionId& id, const Execution& execution) {
  if (execution.status == ExecutionStatus::running) return execution.wake_at;
  return execution.ended_at.value_or(execution.updated_at) + (id.is_express() ? kExpressRetention : kRetention);
}

base::Result<std::optional<Execution>> ExecutionRecords::find(const ExecutionId& id) {
  WEIR_TRY(auto text, tx_.get(keys::execution(id)));
  if (!text) return std::optional<Execution>();
  WEIR_TRY(auto execution, workflow::decode_execution(*text));
  return std::optional<Execution>(std::move(execution));
}

base::Result<Execution> ExecutionRecords::get(const ExecutionId& id) {
  WEIR_TRY(auto found, find(id));
  if (!found) return base::not_found("Execution Does Not Exist: '" + arn(id) + "'", "execution");
  return std::move(*found);
}

base::Result<About> ExecutionRecords::about(const ExecutionId& id) {
  WEIR_TRY(auto found, load<About>(tx_, keys::about(id)));
  if (!found) return base::internal("an execution without its other record: " + arn(id));
  return std::move(*found);
}

base::Result<Execution> ExecutionRecords::start(const ExecutionId& id, const About& about, Execution execution,
                                                base::Instant at, std::string entropy) {
  execution.arn = arn(id);
  execution.name = id.name();
  execution.machine_arn = machine_arn(region_, {id.account, id.machine});
  execution.machine_name = id.machine;
  execution.region = region_;
  WEIR_CHECK_OK(put_about(id, about));
  WEIR_CHECK_OK(tx_.put(keys::revision_use(id, about.revision_id), "{}"));
  Event event{.kind = Event::Kind::start, .at = at, .entropy = std::move(entropy)};
  WEIR_TRY(auto advanced, step(id, about, std::move(execution), event));
  // A list that has the execution since its begin; its end was told in the step when that was the end already.
  WEIR_CHECK_OK(write_listed(id, advanced.execution));
  return std::move(advanced.execution);
}

base::Result<Advanced> ExecutionRecords::advance(const ExecutionId& id, const Event& event) {
  WEIR_TRY(auto execution, get(id));
  bool over = execution.status != ExecutionStatus::running;
  if (over && event.kind == Event::Kind::time) {
    if (*next_look(id, execution) <= event.at) WEIR_CHECK_OK(forget(id, execution));
    return Advanced{std::move(execution), false};
  }
  WEIR_TRY(auto about, this->about(id));
  return step(id, about, std::move(execution), event);
}

base::Result<Advanced> ExecutionRecords::step(const ExecutionId& id, const About& about, Execution execution,
                                              const Event& event) {
  CHECK_TRUE(ahead_, "steps are done in write_steps()");
  WEIR_TRY(auto definition, ahead_->definition(tx_, definitions_, id.account, about.revision_id));
  bool is_new = event.kind == Event::Kind::start;
  auto woken_before = is_new ? std::nullopt : next_look(id, execution);
  bool was_open = !is_new && execution.status == ExecutionStatus::running;
  WEIR_TRY(auto step, ahead_->step(definitions_, *definition, std::move(execution), event));
  if (step.taken || !step.history.empty()) {
    WEIR_CHECK_OK(write_open(id, was_open, step.execution.status == ExecutionStatus::running));
    WEIR_CHECK_OK(write_wake(id, woken_before, next_look(id, step.execution)));
    WEIR_CHECK_OK(write(id, about, step));
  }
  bool answered = event.kind == Event::Kind::task_succeeded || event.kind == Event::Kind::task_failed;
  if (answered && step.taken) WEIR_CHECK_OK(task_over(id, event.task));
  return Advanced{std::move(step.execution), step.taken};
}

base::Status ExecutionRecords::write(const ExecutionId& id, const About& about, const workflow::Step& step) {
  WEIR_CHECK_OK(tx_.put(keys::execution(id), workflow::encode_execution(step.execution)));
  WEIR_CHECK_OK(write_history(id, step.history));
  for (const auto& effect : step.effects) WEIR_CHECK_OK(apply(id, about, step.execution, effect));
  return {};
}

// A redrive opens an execution again. One that ends where it begins was never open; who waits for it hears of it, too.
base::Status ExecutionRecords::write_open(const ExecutionId& id, bool was_open, bool is_open) {
  Census census(tx_, id.account);
  if (is_open && !was_open) {
    WEIR_CHECK_OK(census.add(Census::Kind::open_execution, quotas_.open_executions));
    return tx_.put(keys::running(id), "{}");
  }
  if (is_open) return {};
  if (was_open) WEIR_CHECK_OK(census.remove(Census::Kind::open_execution));
  return tx_.erase(keys::running(id));
}

// The events of one step are one record, under the number of the first.
base::Status ExecutionRecords::write_history(const ExecutionId& id, const std::vector<workflow::HistoryEvent>& events) {
  if (events.empty() || id.is_express()) return {};
  return tx_.put(keys::history_from(id, events.front().id), base::to_json(events).dump());
}

base::Status ExecutionRecords::write_wake(const ExecutionId& id, std::optional<base::Instant> before,
                                          std::optional<base::Instant> after) {
  if (before == after) return {};
  if (before) WEIR_CHECK_OK(tx_.erase(keys::wake(*before, id)));
  if (after) WEIR_CHECK_OK(save(tx_, keys::wake(*after, id), Wake{*after, id}));
  return {};
}

base::Status ExecutionRecords::write_listed(const ExecutionId& id, const Execution& execution) {
  if (id.is_express()) return {};
  Listed listed{id.run,
                execution.status,
                execution.started_at,
                execution.ended_at,
                execution.version_arn,
                execution.alias_arn,
                execution.redrive_count,
                execution.redriven_at};
  return save(tx_, keys::listed(id, execution.started_at), listed);
}

base::Status ExecutionRecords::apply(const ExecutionId& id, const About& about, const Execution& execution,
                                     const workflow::Effect& effect) {
  if (auto* task = std::get_if<workflow::StartTask>(&effect)) return start_task(id, execution, *task);
  if (auto* task = std::get_if<workflow::CancelTask>(&effect)) return cancel_task(id, task->task);
  if (std::holds_alternative<workflow::GoOn>(effect)) return want(tx_, {Effect::Kind::go_on, id, 0, {}});
  if (!std::holds_alternative<workflow::Ended>(effect)) return {};  // WakeAt: write_wake()
  WEIR_CHECK_OK(write_listed(id, execution));
  return ended(id, about);
}

base::Status ExecutionRecords::start_task(const ExecutionId& id, const Execution& execution,
                                          const workflow::StartTask& task) {
  if (!task.token.empty()) WEIR_CHECK_OK(hold_token(id, task));
  WEIR_TRY(bool queued, queue_activity(id, execution, task));
  if (queued) return {};
  return want(tx_, {Effect::Kind::task, id, task.task, {}});
}

// An activity that is not there, or another account's, is left to whoever calls tasks: it fails there.
base::Result<bool> ExecutionRecords::queue_activity(const ExecutionId& id, const Execution& execution,
                                                    const workflow::StartTask& task) {
  if (task.resource.kind != workflow::TaskResource::Kind::activity) return false;
  auto name = parse_activity_arn(task.resource.arn);
  if (!name.ok() || name->account != id.account) return false;
  WEIR_TRY(auto activity, ActivityRecords(tx_, region_).find(*name));
  if (!activity) return false;
  auto key = keys::queued(id.account, name->name, execution.updated_at, id, task.task);
  WEIR_CHECK_OK(save(tx_, key, Queued{name->name, id, task.task}));
  return true;
}

base::Status ExecutionRecords::hold_token(const ExecutionId& id, const workflow::StartTask& task) {
  auto hash = base::sha256_hex(task.token);
  WEIR_CHECK_OK(save(tx_, keys::token(hash), HeldToken{id, task.task}));
  return tx_.put(keys::own_token(id, task.task), base::Json::object().set("Hash", hash).dump());
}

// The token stays, so that who shows it learns that it is too late and not that it never was.
base::Status ExecutionRecords::cancel_task(const ExecutionId& id, int64_t task) {
  WEIR_CHECK_OK(done(tx_, {Effect::Kind::task, id, task, {}}));
  WEIR_CHECK_OK(task_over(id, task));
  WEIR_TRY(auto child, load<ExecutionId>(tx_, keys::child(id, task)));
  if (!child) return {};
  WEIR_CHECK_OK(tx_.erase(keys::child(id, task)));
  return want(tx_, {Effect::Kind::stop, *child, 0, {}});
}

base::Status ExecutionRecords::task_over(const ExecutionId& id, int64_t task) {
  WEIR_TRY(auto awaited, tx_.get(keys::awaited(id, task)));
  if (!awaited) return {};
  WEIR_CHECK_OK(tx_.erase(keys::awaited(id, task)));
  return want(tx_, {Effect::Kind::task_over, id, task, {}});
}

base::Status ExecutionRecords::ended(const ExecutionId& id, const About& about) {
  WEIR_CHECK_OK(done(tx_, {Effect::Kind::go_on, id, 0, {}}));
  bool awaited = about.starter && about.starter->waits;
  if (awaited) WEIR_CHECK_OK(want(tx_, {Effect::Kind::child, about.starter->id, about.starter->task, id}));
  WEIR_CHECK_OK(task_over(id, kWholeExecution));
  MachineRecords machines(tx_, region_);
  WEIR_TRY(auto machine, machines.find({id.account, id.machine}));
  if (!machine || !machine->deleting) return {};
  WEIR_TRY(bool others, any_running({id.account, id.machine}));
  return others ? base::Status() : machines.erase(*machine);
}

base::Status ExecutionRecords::forget(const ExecutionId& id, const Execution& execution) {
  WEIR_TRY(auto tokens, tx_.scan(store::prefix_range(keys::own_tokens(id)), workflow::kHistoryEventsMax));
  for (const auto& entry : tokens) {
    WEIR_TRY(auto own, base::parse_json(entry.value));
    WEIR_CHECK_OK(tx_.erase(keys::token(own.text("Hash"))));
    WEIR_CHECK_OK(tx_.erase(entry.key));
  }
  WEIR_CHECK_OK(erase_all(tx_, keys::history(id)));
  WEIR_CHECK_OK(write_wake(id, next_look(id, execution), std::nullopt));
  WEIR_CHECK_OK(tx_.erase(keys::listed(id, execution.started_at)));
  WEIR_TRY(auto about, this->about(id));
  WEIR_CHECK_OK(tx_.erase(keys::revision_use(id, about.revision_id)));
  WEIR_CHECK_OK(MachineRecords(tx_, region_).release({id.account, id.machine}, about.revision_id));
  WEIR_CHECK_OK(tx_.erase(keys::about(id)));
  return tx_.erase(keys::execution(id));
}

base::Result<std::optional<HeldToken>> ExecutionRecords::find_token(std::string_view token) {
  return load<HeldToken>(tx_, keys::token(base::sha256_hex(token)));
}

base::Result<Page<Listed>> ExecutionRecords::list(const MachineName& machine, const std::string& from, size_t limit) {
  auto prefix = keys::list(machine.account, machine.name);
  auto range = store::prefix_range(prefix);
  if (from.starts_with(prefix)) range.first = from;
  return load_page<Listed>(tx_, range, limit);
}

namespace {

base::Result<std::vector<workflow::HistoryEvent>> events_of(const store::Entry& chunk) {
  WEIR_TRY(auto json, base::parse_json(chunk.value));
  std::vector<workflow::HistoryEvent> events;
  WEIR_CHECK_OK(base::from_json(json, events));
  return events;
}

}  // namespace

base::Result<std::vector<workflow::HistoryEvent>> ExecutionRecords::history(const ExecutionId& id, int64_t from,
                                                                            size_t limit, bool reverse) {
  auto all = store::prefix_range(keys::history(id));
  auto here = keys::history_from(id, from) + '\0';
  WEIR_TRY(auto chunk, tx_.scan({all.first, here}, 1, true));  // the one that holds `from`
  auto begin = chunk.empty() ? all.first : chunk[0].key;
  auto range = reverse ? store::Range{all.first, here} : store::Range{begin, all.last};
  WEIR_TRY(auto chunks, tx_.scan(range, limit + 1, reverse));
  std::vector<workflow::HistoryEvent> out;
  for (const auto& entry : chunks) {
    WEIR_TRY(auto events, events_of(entry));
    if (reverse) std::reverse(events.begin(), events.end());
    for (auto& event : events) {
      bool before = reverse ? event.id > from : event.id < from;
      if (!before && out.size() < limit) out.push_back(std::move(event));
    }
    if (out.size() >= limit) break;
  }
  return out;
}

base::Result<std::optional<Effect>> ExecutionRecords::stop_some(const Effect& order) {
  constexpr size_t kAtOnce = 256;
  auto range = store::prefix_range(keys::running(order.id.account, order.id.machine));
  if (order.child) range.first = keys::running(*order.child) + '\0';
  WEIR_TRY(auto entries, tx_.scan(range, kAtOnce));
  auto rest = order;
  for (const auto& entry : entries) {
    WEIR_TRY(auto parts, store::split_key(entry.key));
    rest.child = ExecutionId{order.id.account, order.id.machine, parts.back()};
    WEIR_CHECK_OK(want(tx_, {Effect::Kind::stop, *rest.child, 0, {}}));
  }
  return entries.size() < kAtOnce ? std::nullopt : std::optional(rest);
}

base::Result<bool> ExecutionRecords::any_running(const MachineName& machine) {
  WEIR_TRY(auto one, tx_.scan(store::prefix_range(keys::running(machine.account, machine.name)), 1));
  return !one.empty();
}

}  // namespace weir::executions
