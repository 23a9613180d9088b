#include "app/executions/executions.h"

#include "executions/keys.h"

namespace weir::app {

using executions::ExecutionId;
using executions::Listed;
using executions::StepsAhead;
using workflow::Event;
using workflow::Execution;
using workflow::ExecutionStatus;

namespace {

constexpr size_t kEntropyBytes = 32;
// How many rows a page with a filter looks at before it answers with what it has and a token.
constexpr size_t kLookedAtMax = 10'000;

Event event_of(Call& call, Event::Kind kind) {
  return {.kind = kind, .at = call.now(), .entropy = call.lake().randomness.bytes(kEntropyBytes)};
}

bool fits(const Listed& listed, const ExecutionFilter& filter, const executions::MachineName& machine) {
  if (filter.pending_redrive || (filter.status && listed.status != *filter.status)) return false;
  if (filter.redriven && *filter.redriven != (listed.redrive_count > 0)) return false;
  if (machine.qualifier.empty()) return true;
  return (machine.is_version() ? listed.version_arn : listed.alias_arn) == filter.machine_arn;
}

base::Error not_redrivable(const std::string& arn) {
  return base::conflict("Execution is not redrivable: '" + arn + "'", "redrive");
}

}  // namespace

std::string why_not_redrivable(const Execution& execution, base::Instant now) {
  if (execution.status == ExecutionStatus::running || execution.status == ExecutionStatus::succeeded)
    return "Execution is " + std::string(to_string(execution.status)) + " and cannot be redriven";
  bool too_old = execution.ended_at && *execution.ended_at + executions::kRedrivable < now;
  return too_old ? "Execution has exceeded the redrivable period" : "";
}

base::Result<base::Instant> stop_execution(Call& call, const std::string& arn, const workflow::Failure& failure) {
  call.about("executionArn", arn);
  WEIR_TRY(auto id, execution_here(call, arn));
  WEIR_CHECK_OK(call.authorize(states_ask("StopExecution", arn, id.account)));
  return stop_recorded(call, arn, failure);
}

base::Result<base::Instant> stop_recorded(Call& call, const std::string& arn, const workflow::Failure& failure) {
  WEIR_TRY(auto id, execution_here(call, arn));
  base::Instant stopped;
  auto event = event_of(call, Event::Kind::stop);
  event.failure = failure;
  WEIR_CHECK_OK(
      executions::write_steps(call.lake().store, [&](store::Transaction& tx, StepsAhead& ahead) -> base::Status {
        WEIR_TRY(auto advanced, execution_records(call, tx, &ahead).advance(id, event));
        stopped = advanced.execution.ended_at.value_or(call.now());
        return {};
      }));
  return stopped;
}

base::Result<ShownExecution> describe_execution(Call& call, const std::string& arn) {
  call.about("executionArn", arn);
  WEIR_TRY(auto id, execution_here(call, arn));
  WEIR_CHECK_OK(call.authorize(states_ask("DescribeExecution", arn, id.account)));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  auto records = execution_records(call, *tx);
  WEIR_TRY(auto execution, records.get(id));
  WEIR_TRY(auto about, records.about(id));
  return ShownExecution{std::move(id), std::move(execution), std::move(about)};
}

base::Result<StatesList<Listed>> list_executions(Call& call, const ExecutionFilter& filter, const StatesPage& page) {
  call.about("stateMachineArn", filter.machine_arn);
  WEIR_TRY(auto machine, machine_here(call, filter.machine_arn));
  WEIR_CHECK_OK(call.authorize(states_ask("ListExecutions", filter.machine_arn, machine.account)));
  auto prefix = executions::keys::list(machine.account, machine.name);
  WEIR_TRY(auto from, key_in_states_token(page.token, prefix));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  WEIR_TRY(auto described, machine_records(call, *tx).get(machine));
  if (described.express)
    return base::fail(base::Kind::unsupported, "This operation is not supported by this type of state machine", "type");
  auto records = execution_records(call, *tx);
  StatesList<Listed> out;
  for (size_t looked_at = 0; looked_at < kLookedAtMax && out.items.size() < page.items_max;) {
    WEIR_TRY(auto rows, records.list(machine, from, page.items_max - out.items.size()));
    looked_at += rows.items.size();
    for (auto& row : rows.items)
      if (fits(row, filter, machine)) out.items.push_back(std::move(row));
    from = rows.next;
    if (from.empty()) return out;
  }
  out.next_token = states_token(from);
  return out;
}

base::Result<History> get_execution_history(Call& call, const std::string& arn, bool reverse, const StatesPage& page) {
  call.about("executionArn", arn);
  WEIR_TRY(auto id, execution_here(call, arn));
  WEIR_CHECK_OK(call.authorize(states_ask("GetExecutionHistory", arn, id.account)));
  WEIR_TRY(auto token, key_in_states_token(page.token, ""));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  auto records = execution_records(call, *tx);
  WEIR_TRY(auto execution, records.get(id));
  auto from = reverse ? execution.last_event : int64_t{1};
  if (!token.empty()) {
    auto number = base::parse_int(token);
    if (!number.ok() || *number < 1) return base::invalid("Invalid Token: 'Invalid token'", "token");
    from = *number;
  }
  History out;
  WEIR_TRY(out.events, records.history(id, from, page.items_max, reverse));
  if (out.events.empty()) return out;
  auto last = out.events.back().id;
  bool more = reverse ? last > 1 : last < execution.last_event;
  if (more) out.next_token = states_token(std::to_string(reverse ? last - 1 : last + 1));
  return out;
}

base::Result<base::Instant> redrive_execution(Call& call, const std::string& arn, const std::string& client_token) {
  call.about("executionArn", arn);
  WEIR_TRY(auto id, execution_here(call, arn));
  WEIR_CHECK_OK(call.authorize(states_ask("RedriveExecution", arn, id.account)));
  base::Instant redriven;
  auto event = event_of(call, Event::Kind::redrive);
  WEIR_CHECK_OK(
      executions::write_steps(call.lake().store, [&](store::Transaction& tx, StepsAhead& ahead) -> base::Status {
        auto records = execution_records(call, tx, &ahead);
        WEIR_TRY(auto execution, records.get(id));
        WEIR_TRY(auto about, records.about(id));
        bool again = !client_token.empty() && about.redrive_token == client_token && execution.redriven_at;
        redriven = execution.redriven_at.value_or(call.now());
        if (again) return {};
        if (auto why = why_not_redrivable(execution, call.now()); !why.empty()) return base::conflict(why, "redrive");
        WEIR_TRY(auto machine, machine_records(call, tx).find({id.account, id.machine}));
        if (!machine || machine->deleting) return not_redrivable(arn);
        about.redrive_token = client_token;
        WEIR_CHECK_OK(records.put_about(id, about));
        WEIR_TRY(auto advanced, records.advance(id, event));
        redriven = advanced.execution.redriven_at.value_or(call.now());
        return {};
      }));
  return redriven;
}

}  // namespace weir::app
