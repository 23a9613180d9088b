#include "app/executions/executions.h"
#include "base/clock.h"
#include "executions/keys.h"
#include "workflow/limits.h"

namespace weir::app {

using executions::ExecutionId;
using executions::MachineName;
using executions::StepsAhead;
using workflow::Execution;

namespace {

constexpr size_t kEntropyBytes = 32;
// A little more than an express execution can last.
constexpr std::chrono::seconds kSyncWait{executions::kExpressSecondsMax + 5};

base::Error bad_input(const std::string& why) {
  return base::invalid("Invalid State Machine Execution Input: '" + why + "'", "input");
}

base::Result<base::Json> input_of(const StartRequest& request) {
  if (!request.input) return base::Json::object();
  if (request.input->size() > workflow::kPayloadBytesMax) return bad_input("the input is larger than 262144 bytes");
  auto json = workflow::parse_payload(*request.input);
  if (!json.ok()) return bad_input(json.error().says);
  if (workflow::json_depth(*json) > workflow::kPayloadDepthMax) return bad_input("the input is nested too deeply");
  return json;
}

// What runs: a revision, and the version and alias it was reached by.
struct Target {
  executions::Machine machine;
  std::string revision_id;
  std::optional<std::string> version_arn, alias_arn;
};

// Chance and time of one start, drawn before the transaction.
struct Drawn {
  explicit Drawn(Call& call)
      : at(call.now()),
        entropy(call.lake().randomness.bytes(kEntropyBytes)),
        run(base::uuid(call.lake().randomness)),
        percent(static_cast<unsigned char>(call.lake().randomness.bytes(1)[0]) * 100 / 256) {}
  base::Instant at;
  std::string entropy;
  std::string run;  // of an express execution, behind its name
  int percent;
};

int64_t choose_route(const executions::Alias& alias, int percent) {
  return percent < alias.routes.front().weight || alias.routes.size() == 1 ? alias.routes.front().version
                                                                           : alias.routes.back().version;
}

base::Result<Target> target_of(Call& call, store::Transaction& tx, const MachineName& name, int percent) {
  auto records = machine_records(call, tx);
  WEIR_TRY(auto machine, records.get(name));
  if (machine.deleting)
    return base::conflict("State Machine is being deleted: '" + records.arn(name) + "'", "deleting");
  Target out{machine, machine.revision_id, {}, {}};
  if (name.qualifier.empty()) return out;
  int64_t number = 0;
  if (name.is_version()) {
    WEIR_TRY(number, base::parse_int(name.qualifier));
  } else {
    WEIR_TRY(auto alias, records.find_alias(name, name.qualifier));
    if (!alias)
      return base::not_found("State Machine Alias Does Not Exist: '" + records.arn(name) + "'", "state machine");
    number = choose_route(*alias, percent);
    out.alias_arn = records.arn(name);
  }
  WEIR_TRY(auto version, records.version(name, number));
  out.revision_id = version.revision_id;
  out.version_arn = records.arn({name.account, name.name, std::to_string(number)});
  return out;
}

// The one that is there already, if starting it again means it.
base::Result<StartedExecution> same_execution(const ExecutionId& id, const Execution& there, const base::Json& input) {
  bool same = there.status == workflow::ExecutionStatus::running && workflow::same_value(there.input, input);
  if (same) return StartedExecution{id, there.arn, there.started_at};
  return base::already_exists("Execution Already Exists: '" + there.arn + "'", "execution");
}

// A task that is called again after a crash finds what it started, also when that has ended.
bool started_before(const executions::About& about, const StartRequest& request) {
  return about.starter && request.starter && about.starter->id == request.starter->id &&
         about.starter->task == request.starter->task;
}

struct Begun {
  StartedExecution started;
  Execution execution;
};

struct Wanted {
  MachineName machine;
  ExecutionId id;
  base::Json input;
};

base::Result<Begun> begin_execution(Call& call, store::Transaction& tx, StepsAhead& ahead, const StartRequest& request,
                                    const Wanted& wanted, const Drawn& drawn) {
  WEIR_TRY(auto target, target_of(call, tx, wanted.machine, drawn.percent));
  auto id = wanted.id;
  if (target.machine.express) id.run += ":" + drawn.run;
  auto records = execution_records(call, tx, &ahead);
  WEIR_TRY(auto there, records.find(id));
  if (there) {
    WEIR_TRY(auto about, records.about(id));
    if (started_before(about, request)) return Begun{{id, there->arn, there->started_at}, std::move(*there)};
    WEIR_TRY(auto same, same_execution(id, *there, wanted.input));
    return Begun{std::move(same), std::move(*there)};
  }
  WEIR_TRY(auto revision, machine_records(call, tx).revision(id.account, target.revision_id));
  Execution fresh;
  fresh.role_arn = revision.role_arn;
  fresh.version_arn = target.version_arn;
  fresh.alias_arn = target.alias_arn;
  fresh.input = wanted.input;
  executions::About about{target.revision_id, request.trace_header, request.starter, {}};
  if (request.starter && request.starter->waits) {
    auto child = executions::keys::child(request.starter->id, request.starter->task);
    WEIR_CHECK_OK(executions::save(tx, child, id));
  }
  if (request.tell_end) WEIR_CHECK_OK(records.tell_end(id));
  WEIR_TRY(auto execution, records.start(id, about, std::move(fresh), drawn.at, drawn.entropy));
  return Begun{{id, execution.arn, execution.started_at}, std::move(execution)};
}

base::Result<Wanted> wanted_of(Call& call, const StartRequest& request, MachineName machine) {
  auto name = request.name.value_or("");
  if (request.name) {
    WEIR_CHECK_OK(executions::check_name(name));
  } else {
    name = base::uuid(call.lake().randomness);
  }
  WEIR_TRY(auto input, input_of(request));
  ExecutionId id{machine.account, machine.name, std::move(name)};
  return Wanted{std::move(machine), std::move(id), std::move(input)};
}

base::Result<Wanted> authorize_start(Call& call, const StartRequest& request, std::string_view verb) {
  call.about("stateMachineArn", request.machine_arn);
  if (request.name) call.about("name", *request.name);
  WEIR_TRY(auto machine, machine_here(call, request.machine_arn));
  WEIR_CHECK_OK(call.authorize(states_ask(verb, request.machine_arn, machine.account)));
  return wanted_of(call, request, std::move(machine));
}

base::Result<StartedExecution> start(Call& call, const StartRequest& request, const Wanted& wanted) {
  StartedExecution started;
  Drawn drawn(call);
  WEIR_CHECK_OK(
      executions::write_steps(call.lake().store, [&](store::Transaction& tx, StepsAhead& ahead) -> base::Status {
        WEIR_TRY(auto begun, begin_execution(call, tx, ahead, request, wanted, drawn));
        started = std::move(begun.started);
        return {};
      }));
  return started;
}

}  // namespace

base::Result<StartedExecution> start_execution(Call& call, const StartRequest& request) {
  WEIR_TRY(auto wanted, authorize_start(call, request, "StartExecution"));
  return start(call, request, wanted);
}

base::Result<StartedExecution> start_recorded(Call& call, const StartRequest& request) {
  WEIR_TRY(auto machine, machine_here(call, request.machine_arn));
  WEIR_TRY(auto wanted, wanted_of(call, request, std::move(machine)));
  return start(call, request, wanted);
}

base::Result<ShownExecution> start_sync_execution(Call& call, const StartRequest& request) {
  WEIR_TRY(auto wanted, authorize_start(call, request, "StartSyncExecution"));
  Begun begun;
  Drawn drawn(call);
  WEIR_CHECK_OK(
      executions::write_steps(call.lake().store, [&](store::Transaction& tx, StepsAhead& ahead) -> base::Status {
        WEIR_TRY(auto target, target_of(call, tx, wanted.machine, drawn.percent));
        if (!target.machine.express)
          return base::fail(base::Kind::unsupported, "This operation is not supported by this type of state machine",
                            "type");
        WEIR_TRY(begun, begin_execution(call, tx, ahead, request, wanted, drawn));
        return {};
      }));
  const auto& id = begun.started.id;
  executions::Doorbell::Waiter waiter(*call.lake().doorbell, begun.started.arn);
  auto deadline = std::chrono::steady_clock::now() + kSyncWait;
  for (bool waited = true; waited; waited = waiter.wait_until(deadline)) {
    WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
    auto records = execution_records(call, *tx);
    WEIR_TRY(auto execution, records.get(id));
    if (execution.status == workflow::ExecutionStatus::running) continue;
    WEIR_TRY(auto about, records.about(id));
    return ShownExecution{id, std::move(execution), std::move(about)};
  }
  return base::fail(base::Kind::unavailable, "The server is stopping; the execution goes on when it is back.",
                    "execution");
}

}  // namespace weir::app
