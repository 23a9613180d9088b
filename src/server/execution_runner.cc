#include "server/execution_runner.h"

#include "app/approvals/approval_decisions.h"
#include "app/executions/nested_execution.h"
#include "app/requests/request_watch.h"
#include "base/log.h"
#include "executions/doorbell.h"
#include "executions/keys.h"

namespace weir::server {

using executions::Effect;
using executions::StepsAhead;
using executions::Wake;
using workflow::Event;
using workflow::Execution;

namespace {

constexpr size_t kEntropyBytes = 32;
constexpr size_t kPageEntries = 512;
constexpr base::Seconds kPause{1};       // before a job is tried again that found no store or no answer
constexpr base::Seconds kLongPause{30};  // after a broken belief
constexpr size_t kTokensKept = 4096;

const workflow::StartTask* find_task(const std::vector<workflow::Effect>& effects, int64_t task) {
  for (const auto& effect : effects)
    if (auto* start = std::get_if<workflow::StartTask>(&effect); start && start->task == task) return start;
  return nullptr;
}

Event event_of(const Effect& effect, const workflow::TaskResource& resource, app::TaskOutcome outcome) {
  Event event;
  event.task = effect.task;
  if (outcome.kind == app::TaskOutcome::Kind::failed) {
    event.kind = Event::Kind::task_failed;
    event.failure = std::move(outcome.failure);
    event.stage = resource.is_submitted() && effect.kind == Effect::Kind::task && outcome.stage == Event::Stage::running
                      ? Event::Stage::submitting
                      : outcome.stage;
    return event;
  }
  bool submitted = resource.is_submitted() && effect.kind == Effect::Kind::task;
  event.kind = submitted ? Event::Kind::task_submitted : Event::Kind::task_succeeded;
  event.output = std::move(outcome.answer);
  return event;
}

}  // namespace

ExecutionRunner::ExecutionRunner(app::Lake& lake, const app::TaskPerformers& performers, size_t threads)
    : lake_(lake),
      performers_(performers),
      thread_count_(threads),
      tokens_(kTokensKept),
      agenda_(std::make_shared<ExecutionAgenda>(lake.clock)) {}

executions::ExecutionRecords ExecutionRunner::records(store::Transaction& tx, StepsAhead* ahead) const {
  return {tx, lake_.region, *lake_.definitions, ahead};
}

void ExecutionRunner::start() {
  follow();
  for (size_t i = 0; i < thread_count_; ++i) threads_.emplace_back([this] { work(); });
  threads_.emplace_back([this] { keep_time(); });
}

void ExecutionRunner::stop() {
  agenda_->close();
  for (auto& thread : threads_) thread.join();
  threads_.clear();
}

// Watched before anything is read, so that nothing is missed in between.
void ExecutionRunner::follow() {
  auto agenda = agenda_;
  lake_.store.watch(executions::keys::effects(), [agenda](std::span<const store::Change> changes) {
    for (const auto& change : changes) {
      if (!change.value) continue;
      auto effect = base::decode_record<Effect>(*change.value);
      if (effect.ok()) agenda->add({change.key, std::move(*effect)});
    }
  });
  lake_.store.watch(executions::keys::wakes(), [agenda](std::span<const store::Change> changes) {
    for (const auto& change : changes) {
      if (!change.value) continue;
      auto wake = base::decode_record<Wake>(*change.value);
      if (wake.ok()) agenda->look_at(wake->at);
    }
  });
  follow_for_waiters();
}

// Rings for callers that wait: for a task of an activity, for the end of an execution.
void ExecutionRunner::follow_for_waiters() {
  auto* bell = lake_.doorbell;
  lake_.store.watch(executions::keys::queues(), [bell](std::span<const store::Change> changes) {
    for (const auto& change : changes) {
      if (!change.value) continue;
      auto queued = base::decode_record<executions::Queued>(*change.value);
      if (queued.ok()) bell->ring(executions::keys::queue(queued->id.account, queued->activity));
    }
  });
  lake_.store.watch(executions::keys::all_running(), [bell, region = lake_.region](auto changes) {
    for (const store::Change& change : changes) {
      if (change.value) continue;
      auto parts = store::split_key(change.key);
      if (parts.ok() && parts->size() == 4)
        bell->ring(executions::execution_arn(region, {(*parts)[1], (*parts)[2], (*parts)[3]}));
    }
  });
}

void ExecutionRunner::work() {
  while (auto job = agenda_->take()) agenda_->finish(*job, carry_out(*job));
}

// How long to pause before the next attempt; nothing when the job is done.
std::optional<base::Seconds> ExecutionRunner::carry_out(const Job& job) {
  try {
    base::Result<bool> done = true;
    if (auto* due = std::get_if<Wake>(&job.what)) {
      if (auto status = wake(*due); !status.ok()) done = std::move(status).error();
    } else {
      done = effect(std::get<Effect>(job.what));
    }
    if (done.ok()) return *done ? std::nullopt : std::optional(kPause);
    base::log_warn("execution.delayed", {{"reason", done.error().log.empty() ? done.error().says : done.error().log}});
    return kPause;
  } catch (const std::exception& broken) {
    base::log_error("execution.broken", {{"reason", broken.what()}});
    return kLongPause;
  }
}

void ExecutionRunner::keep_time() {
  auto loaded = base::Status(base::internal("not yet"));
  while (agenda_->wait_for_look()) {
    if (!loaded.ok()) loaded = load_effects();
    auto looked = look();
    if (loaded.ok() && looked.ok()) continue;
    base::log_warn("execution.look_failed", {{"reason", (loaded.ok() ? looked : loaded).error().log}});
    agenda_->look_at(lake_.clock.now() + kPause);
  }
}

// What another process, or this one before it died, left to do.
base::Status ExecutionRunner::load_effects() {
  auto range = store::prefix_range(executions::keys::effects());
  for (;;) {
    WEIR_TRY(auto tx, lake_.store.begin(store::Mode::read));
    WEIR_TRY(auto entries, tx->scan(range, kPageEntries));
    for (auto& entry : entries) {
      auto effect = base::decode_record<Effect>(entry.value);
      if (effect.ok()) agenda_->add({entry.key, std::move(*effect)});
    }
    if (entries.size() < kPageEntries) return {};
    range.first = entries.back().key + '\0';
  }
}

// Everything due becomes a job; the first that is not due yet says when to look again.
base::Status ExecutionRunner::look() {
  auto range = store::prefix_range(executions::keys::wakes());
  auto now = lake_.clock.now();
  for (;;) {
    WEIR_TRY(auto tx, lake_.store.begin(store::Mode::read));
    WEIR_TRY(auto entries, tx->scan(range, kPageEntries));
    for (auto& entry : entries) {
      auto wake = base::decode_record<Wake>(entry.value);
      if (!wake.ok()) continue;
      if (wake->at > now) return agenda_->look_at(wake->at), base::Status();
      agenda_->add({entry.key, std::move(*wake)});
    }
    if (entries.size() < kPageEntries) return {};
    range.first = entries.back().key + '\0';
  }
}

base::Status ExecutionRunner::wake(const Wake& wake) {
  auto now = lake_.clock.now();
  if (wake.at > now) return agenda_->look_at(wake.at), base::Status();  // the clock was set back since the look
  Event event{.kind = Event::Kind::time, .at = now, .entropy = lake_.randomness.bytes(kEntropyBytes)};
  return executions::write_steps(lake_.store, [&](store::Transaction& tx, StepsAhead& ahead) -> base::Status {
    auto records = this->records(tx, &ahead);
    WEIR_TRY(auto there, records.find(wake.id));
    bool wanted = there && next_look(wake.id, *there) == wake.at;
    if (!wanted) return tx.erase(executions::keys::wake(wake.at, wake.id));
    WEIR_TRY(auto advanced, records.advance(wake.id, event));
    return {};
  });
}

base::Result<bool> ExecutionRunner::effect(const Effect& effect) {
  switch (effect.kind) {
    case Effect::Kind::task: return call_task(effect);
    case Effect::Kind::go_on: {
      WEIR_CHECK_OK(advance(effect, {.kind = Event::Kind::go_on}));
      return true;
    }
    case Effect::Kind::stop: {
      WEIR_CHECK_OK(advance(effect, {.kind = Event::Kind::stop}));
      return true;
    }
    case Effect::Kind::child: {
      WEIR_CHECK_OK(child_ended(effect));
      return true;
    }
    case Effect::Kind::task_over: {
      WEIR_CHECK_OK(tell_task_over(effect));
      return true;
    }
    case Effect::Kind::stop_all: {
      WEIR_CHECK_OK(stop_some(effect));
      return true;
    }
  }
  return true;
}

base::Status ExecutionRunner::tell_task_over(const Effect& effect) {
  if (effect.task == executions::kWholeExecution) {
    WEIR_CHECK_OK(app::hear_machine_end(lake_, effect.id));
  } else {
    WEIR_CHECK_OK(app::close_approval_of(lake_, {executions::execution_arn(lake_.region, effect.id), effect.task}));
  }
  return store::write(lake_.store, [&](store::Transaction& tx) { return executions::done(tx, effect); });
}

base::Status ExecutionRunner::stop_some(const Effect& order) {
  return store::write(lake_.store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(auto rest, records(tx).stop_some(order));
    return rest ? executions::want(tx, *rest) : executions::done(tx, order);
  });
}

// The effect is done before the step, which may want one of the same name.
base::Status ExecutionRunner::advance(const Effect& effect, Event event) {
  event.at = lake_.clock.now();
  event.entropy = lake_.randomness.bytes(kEntropyBytes);
  return executions::write_steps(lake_.store, [&](store::Transaction& tx, StepsAhead& ahead) -> base::Status {
    WEIR_TRY(auto wanted, tx.get(executions::effect_key(effect)));
    if (!wanted) return {};
    WEIR_CHECK_OK(executions::done(tx, effect));
    auto records = this->records(tx, &ahead);
    WEIR_TRY(auto there, records.find(effect.id));
    if (!there) return {};
    WEIR_TRY(auto advanced, records.advance(effect.id, event));
    return {};
  });
}

// False: it has to be asked again.
base::Result<bool> ExecutionRunner::call_task(const Effect& effect) {
  std::optional<Execution> execution;
  std::optional<workflow::StartTask> task;
  {
    WEIR_TRY(auto tx, lake_.store.begin(store::Mode::read));
    auto records = this->records(*tx);
    WEIR_TRY(execution, records.find(effect.id));
    if (execution) {
      WEIR_TRY(auto about, records.about(effect.id));
      WEIR_TRY(auto definition, lake_.definitions->get(*tx, effect.id.account, about.revision_id));
      auto effects = workflow::outstanding(*definition, *execution);
      if (auto* found = find_task(effects, effect.task)) task = *found;
    }
  }
  if (!task) {
    WEIR_CHECK_OK(store::write(lake_.store, [&](auto& tx) { return executions::done(tx, effect); }));
    return true;
  }
  auto outcome = perform(effect, *execution, *task);
  if (outcome.kind == app::TaskOutcome::Kind::again) return false;
  WEIR_CHECK_OK(advance(effect, event_of(effect, task->resource, std::move(outcome))));
  return true;
}

app::TaskOutcome ExecutionRunner::perform(const Effect& effect, const Execution& execution,
                                          const workflow::StartTask& task) {
  app::MachineRole role(
      lake_, tokens_,
      {effect.id.account, execution.machine_arn, execution.role_arn, app::session_name_of(execution.name)});
  auto key = executions::idempotency_key(execution.arn, execution.started_at, effect.task);
  try {
    return performers_.perform({effect.id, execution, task, std::move(key), role});
  } catch (const std::exception& broken) {
    base::log_error("execution.task_broken", {{"execution", execution.arn}, {"reason", broken.what()}});
    return app::TaskOutcome::fails(workflow::kRuntime, "The task could not be carried out: an internal error.");
  }
}

base::Status ExecutionRunner::child_ended(const Effect& effect) {
  Event event{.kind = Event::Kind::task_failed};
  {
    WEIR_TRY(auto tx, lake_.store.begin(store::Mode::read));
    auto records = this->records(*tx);
    WEIR_TRY(auto child, records.find(effect.child.value_or(effect.id)));
    WEIR_TRY(auto parent, records.find(effect.id));
    if (child && parent) {
      WEIR_TRY(auto about, records.about(effect.id));
      WEIR_TRY(auto definition, lake_.definitions->get(*tx, effect.id.account, about.revision_id));
      for (const auto& strand : parent->strands) {
        if (!strand.task || strand.task->id != effect.task) continue;
        const auto& resource = definition->state(strand.state).resource;
        event = event_of(effect, resource, app::end_of_child(*child, resource.pattern));
      }
    }
  }
  event.task = effect.task;
  return advance(effect, std::move(event));
}

}  // namespace weir::server
