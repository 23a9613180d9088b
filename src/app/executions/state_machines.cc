#include "app/executions/state_machines.h"

#include "app/executions/machine_role.h"
#include "app/executions/states_tags.h"
#include "app/iam/iam_targets.h"
#include "executions/keys.h"

namespace weir::app {

using executions::Machine;
using executions::MachineName;
using executions::Revision;

namespace {

workflow::MachineType type_of(bool express) {
  return express ? workflow::MachineType::express : workflow::MachineType::standard;
}

base::Status check_definition(const Call& call, const std::string& text, bool express) {
  auto read = workflow::parse_definition(text, type_of(express), call.lake().definitions->jsonata());
  if (read.definition) return {};
  return base::invalid(refusal(read.diagnostics), "definition");
}

// What an update is checked against before the store's writer is taken: definitions may be long to check.
struct Kept {
  bool express;
  std::string revision_id;
  std::string role_arn;
};
base::Result<Kept> kept_by(Call& call, const executions::MachineName& name) {
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  auto records = machine_records(call, *tx);
  WEIR_TRY(auto machine, records.get(name));
  WEIR_TRY(auto revision, records.revision(machine.account, machine.revision_id));
  return Kept{machine.express, machine.revision_id, revision.role_arn};
}

base::Error changed_meanwhile(const std::string& arn) {
  return base::fail(base::Kind::concurrent, "State Machine is being updated: '" + arn + "'", "state machine");
}

base::Status check_settings(const MachineSettings& settings) {
  if (settings.version_description && !settings.version_description->empty() && !settings.publish)
    return base::invalid("Version description can only be set when publish is true", "validation");
  bool own_key = settings.encryption && settings.encryption->text("type", "AWS_OWNED_KEY") != "AWS_OWNED_KEY";
  if (own_key) return base::invalid("Invalid Encryption Configuration: 'Only AWS_OWNED_KEY is offered'", "encryption");
  return {};
}

bool same_revision(const Revision& a, const MachineSettings& b) {
  return a.definition == *b.definition && a.logging == b.logging.value_or(base::Json()) &&
         a.tracing == b.tracing.value_or(base::Json()) && a.encryption == b.encryption.value_or(base::Json());
}

Revision revision_of(Call& call, const MachineSettings& settings, bool express) {
  return {base::uuid(call.lake().randomness),
          express,
          *settings.definition,
          *settings.role_arn,
          settings.logging.value_or(base::Json()),
          settings.tracing.value_or(base::Json()),
          settings.encryption.value_or(base::Json()),
          call.now()};
}

Revision changed(Revision revision, Call& call, const MachineSettings& change) {
  revision.id = base::uuid(call.lake().randomness);
  revision.made_at = call.now();
  revision.definition = change.definition.value_or(revision.definition);
  revision.role_arn = change.role_arn.value_or(revision.role_arn);
  revision.logging = change.logging.value_or(revision.logging);
  revision.tracing = change.tracing.value_or(revision.tracing);
  revision.encryption = change.encryption.value_or(revision.encryption);
  return revision;
}

base::Error deleting(const std::string& arn) {
  return base::conflict("State Machine is being deleted: '" + arn + "'", "deleting");
}

// What CreateStateMachine found under its name.
base::Status check_same(executions::MachineRecords& records, const Machine& there, const NewMachine& wanted) {
  auto arn = records.arn({there.account, there.name});
  if (there.deleting) return deleting(arn);
  WEIR_TRY(auto revision, records.revision(there.account, there.revision_id));
  if (there.express == wanted.express && same_revision(revision, wanted.settings)) return {};
  return base::already_exists("State Machine Already Exists: '" + arn + "'", "state machine");
}

base::Status publish(executions::MachineRecords& records, ChangedMachine& made, const MachineSettings& settings,
                     base::Instant now) {
  if (!settings.publish) return {};
  WEIR_TRY(made.version, records.publish(made.machine, settings.version_description.value_or(""), now));
  return {};
}

ShownMachine shown(const Call& call, store::Transaction& tx, std::string arn, Machine machine, Revision revision) {
  ShownMachine out{std::move(arn), std::move(machine), std::move(revision), {}, {}};
  auto definition = call.lake().definitions->get(tx, out.machine.account, out.revision.id);
  if (definition.ok()) out.variable_references = workflow::variable_references(**definition);
  return out;
}

// The revision that a version or an alias's only version names.
base::Result<ShownMachine> shown_as(const Call& call, store::Transaction& tx, const MachineName& name,
                                    Machine machine) {
  auto records = machine_records(call, tx);
  auto number = machine.last_version;
  if (name.is_version()) {
    WEIR_TRY(number, base::parse_int(name.qualifier));
  } else {
    WEIR_TRY(auto alias, records.alias(name, name.qualifier));
    number = alias.routes.front().version;
  }
  WEIR_TRY(auto version, records.version(name, number));
  WEIR_TRY(auto revision, records.revision(machine.account, version.revision_id));
  auto out = shown(call, tx, records.arn(name), std::move(machine), std::move(revision));
  out.version = std::move(version);
  return out;
}

}  // namespace

base::Result<ChangedMachine> create_state_machine(Call& call, const NewMachine& wanted) {
  MachineName name{call.caller().account(), wanted.name};
  auto arn = executions::machine_arn(call.lake().region, name);
  call.about("name", wanted.name);
  call.about("roleArn", *wanted.settings.role_arn);
  auto ask = states_ask("CreateStateMachine", arn, name.account);
  describe_request_tags(wanted.tags, ask.extra);
  std::vector<Ask> asks{ask};
  if (wanted.settings.publish) asks.push_back(states_ask("PublishStateMachineVersion", arn, name.account));
  WEIR_CHECK_OK(authorize_all(call, asks));
  WEIR_CHECK_OK(executions::check_name(wanted.name));
  WEIR_CHECK_OK(check_settings(wanted.settings));
  WEIR_CHECK_OK(check_states_tags(wanted.tags));
  WEIR_CHECK_OK(check_definition(call, *wanted.settings.definition, wanted.express));
  WEIR_CHECK_OK(check_machine_role(call, *wanted.settings.role_arn, arn));
  ChangedMachine made;
  WEIR_CHECK_OK(store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    auto records = machine_records(call, tx);
    WEIR_TRY(auto there, records.find(name));
    if (there) {
      WEIR_CHECK_OK(check_same(records, *there, wanted));
      made = {arn, std::move(*there), {}};
      return publish(records, made, wanted.settings, call.now());
    }
    auto revision = revision_of(call, wanted.settings, wanted.express);
    Machine machine{name.account, name.name, wanted.express, false, revision.id, false, 0, call.now(), call.now()};
    WEIR_CHECK_OK(records.put_revision(name.account, revision));
    WEIR_CHECK_OK(records.add(machine));
    WEIR_CHECK_OK(put_states_tags(tx, arn, wanted.tags));
    made = {arn, std::move(machine), {}};
    return publish(records, made, wanted.settings, call.now());
  }));
  return made;
}

base::Result<ChangedMachine> update_state_machine(Call& call, const std::string& arn, const MachineSettings& change) {
  call.about("stateMachineArn", arn);
  if (change.role_arn) call.about("roleArn", *change.role_arn);
  WEIR_TRY(auto name, machine_here(call, arn));
  std::vector<Ask> asks{states_ask("UpdateStateMachine", arn, name.account)};
  if (change.publish) asks.push_back(states_ask("PublishStateMachineVersion", arn, name.account));
  WEIR_CHECK_OK(authorize_all(call, asks));
  if (!name.qualifier.empty())
    return executions::invalid_arn("UpdateStateMachine does not support version or alias ARNs: " + arn);
  bool any = change.definition || change.role_arn || change.logging || change.tracing || change.encryption;
  if (!any)
    return base::invalid(
        "Either the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration must be specified",
        "parameter");
  WEIR_CHECK_OK(check_settings(change));
  WEIR_TRY(auto kept, kept_by(call, name));
  if (change.definition) WEIR_CHECK_OK(check_definition(call, *change.definition, kept.express));
  // Whoever says what is done with a role passes it, also when it stays the same.
  WEIR_CHECK_OK(check_machine_role(call, change.role_arn.value_or(kept.role_arn), arn));
  ChangedMachine out;
  WEIR_CHECK_OK(store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    auto records = machine_records(call, tx);
    WEIR_TRY(auto machine, records.get(name));
    if (machine.deleting) return deleting(arn);
    if (machine.revision_id != kept.revision_id) return changed_meanwhile(arn);
    WEIR_TRY(auto before, records.revision(machine.account, machine.revision_id));
    auto after = changed(std::move(before), call, change);
    WEIR_CHECK_OK(records.put_revision(machine.account, after));
    machine.revision_id = after.id;
    machine.revised = true;
    machine.updated_at = call.now();
    WEIR_CHECK_OK(records.put(machine));
    WEIR_CHECK_OK(records.release(name, kept.revision_id));
    out = {arn, std::move(machine), {}};
    return publish(records, out, change, call.now());
  }));
  return out;
}

base::Result<ShownMachine> describe_state_machine(Call& call, const std::string& arn) {
  call.about("stateMachineArn", arn);
  WEIR_TRY(auto name, machine_here(call, arn));
  WEIR_CHECK_OK(call.authorize(states_ask("DescribeStateMachine", arn, name.account)));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  auto records = machine_records(call, *tx);
  WEIR_TRY(auto machine, records.get(name));
  if (!name.qualifier.empty()) return shown_as(call, *tx, name, std::move(machine));
  WEIR_TRY(auto revision, records.revision(machine.account, machine.revision_id));
  return shown(call, *tx, arn, std::move(machine), std::move(revision));
}

base::Result<ShownMachine> describe_state_machine_for_execution(Call& call, const std::string& execution_arn) {
  call.about("executionArn", execution_arn);
  WEIR_TRY(auto id, execution_here(call, execution_arn));
  WEIR_CHECK_OK(call.authorize(states_ask("DescribeStateMachineForExecution", execution_arn, id.account)));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  auto runs = execution_records(call, *tx);
  WEIR_TRY(auto execution, runs.get(id));
  WEIR_TRY(auto about, runs.about(id));
  auto records = machine_records(call, *tx);
  WEIR_TRY(auto revision, records.revision(id.account, about.revision_id));
  WEIR_TRY(auto machine, records.find({id.account, id.machine}));
  if (!machine) machine = Machine{id.account, id.machine, false, true, revision.id, true, 0, {}, revision.made_at};
  machine->updated_at = revision.made_at;
  return shown(call, *tx, execution.machine_arn, std::move(*machine), std::move(revision));
}

base::Status delete_state_machine(Call& call, const std::string& arn) {
  call.about("stateMachineArn", arn);
  WEIR_TRY(auto name, machine_here(call, arn));
  WEIR_CHECK_OK(call.authorize(states_ask("DeleteStateMachine", arn, name.account)));
  if (!name.qualifier.empty())
    return executions::invalid_arn("DeleteStateMachine does not support version or alias ARNs: " + arn);
  return store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    auto records = machine_records(call, tx);
    WEIR_TRY(auto machine, records.find(name));
    if (!machine || machine->deleting) return {};
    auto runs = execution_records(call, tx);
    WEIR_TRY(bool running, runs.any_running(name));
    if (!running) return records.erase(*machine);
    machine->deleting = true;
    WEIR_CHECK_OK(records.put(*machine));
    return executions::want(tx, {executions::Effect::Kind::stop_all, {name.account, name.name, {}}, 0, {}});
  });
}

base::Result<StatesList<Machine>> list_state_machines(Call& call, const StatesPage& page) {
  const auto& account = call.caller().account();
  WEIR_CHECK_OK(call.authorize({.action = "states:ListStateMachines"}));
  WEIR_TRY(auto from, key_in_states_token(page.token, executions::keys::machines(account)));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  WEIR_TRY(auto found, machine_records(call, *tx).list(account, from, page.items_max));
  return states_list(std::move(found));
}

base::Result<Validation> validate_definition(Call& call, const std::string& text, bool express, bool warnings,
                                             size_t most) {
  WEIR_CHECK_OK(call.authorize({.action = "states:ValidateStateMachineDefinition"}));
  auto read = workflow::parse_definition(text, type_of(express), call.lake().definitions->jsonata());
  Validation out{{}, read.definition != nullptr, false};
  for (auto& diagnostic : read.diagnostics) {
    if (diagnostic.severity == workflow::Diagnostic::Severity::warning && !warnings) continue;
    out.truncated = out.diagnostics.size() == most;
    if (out.truncated) break;
    out.diagnostics.push_back(std::move(diagnostic));
  }
  return out;
}

}  // namespace weir::app
