#include "app/executions/state_machine_versions.h"

#include <algorithm>

#include "executions/keys.h"

namespace weir::app {

using executions::Alias;
using executions::MachineName;
using executions::MachineRecords;

namespace {

constexpr int64_t kWeights = 100;

base::Error bad_routing(const std::string& why) {
  return base::invalid("Invalid routing configuration: " + why, "validation");
}

base::Error no_resource(const std::string& arn) {
  return base::not_found("Request references a resource that does not exist: '" + arn + "'", "resource");
}

base::Result<MachineName> parse_version(const Call& call, const std::string& arn) {
  WEIR_TRY(auto name, machine_here(call, arn));
  if (!name.is_version()) return executions::invalid_arn("Resource type not valid in this context: " + arn);
  return name;
}

base::Result<MachineName> parse_alias(const Call& call, const std::string& arn) {
  WEIR_TRY(auto name, machine_here(call, arn));
  if (name.qualifier.empty() || name.is_version())
    return executions::invalid_arn("Resource type not valid in this context: " + arn);
  return name;
}

base::Result<MachineName> parse_unqualified(const Call& call, const std::string& arn) {
  WEIR_TRY(auto name, machine_here(call, arn));
  if (!name.qualifier.empty()) return executions::invalid_arn("Resource type not valid in this context: " + arn);
  return name;
}

// Whose versions they are; all of one machine.
base::Result<MachineName> machine_of(const Call& call, const WantedRoutes& routes) {
  if (routes.empty() || routes.size() > 2) return bad_routing("one or two versions are needed");
  int64_t sum = 0;
  std::optional<MachineName> machine;
  for (const auto& [arn, weight] : routes) {
    WEIR_TRY(auto version, parse_version(call, arn));
    version.qualifier.clear();
    if (machine && *machine != version) return bad_routing("the versions are of different state machines");
    machine = std::move(version);
    sum += weight;
  }
  if (sum != kWeights) return bad_routing("the weights must add up to 100");
  if (routes.size() == 2 && routes[0].first == routes[1].first) return bad_routing("a version is named twice");
  return std::move(*machine);
}

base::Result<std::vector<executions::AliasRoute>> routes_of(const Call& call, MachineRecords& records,
                                                            const WantedRoutes& routes) {
  std::vector<executions::AliasRoute> out;
  for (const auto& [arn, weight] : routes) {
    WEIR_TRY(auto version, parse_version(call, arn));
    auto number = base::parse_int(version.qualifier);
    bool there = number.ok() && records.version(version, *number).ok();
    if (!there) return no_resource(arn);
    out.push_back({*number, weight});
  }
  return out;
}

ShownAlias shown(const MachineRecords& records, const MachineName& machine, Alias alias) {
  ShownAlias out{records.arn({machine.account, machine.name, alias.name}), std::move(alias), {}};
  for (const auto& route : out.alias.routes)
    out.routes.emplace_back(records.arn({machine.account, machine.name, std::to_string(route.version)}), route.weight);
  return out;
}

base::Error other_alias() {
  return base::conflict(
      "Failed to create alias because an alias with the same name and a different routing configuration already "
      "exists.",
      "alias");
}

}  // namespace

base::Result<ShownVersion> publish_state_machine_version(Call& call, const std::string& machine_arn,
                                                         const std::string& revision_id,
                                                         const std::string& description) {
  call.about("stateMachineArn", machine_arn);
  WEIR_TRY(auto name, parse_unqualified(call, machine_arn));
  WEIR_CHECK_OK(call.authorize(states_ask("PublishStateMachineVersion", machine_arn, name.account)));
  ShownVersion out;
  WEIR_CHECK_OK(store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    auto records = machine_records(call, tx);
    WEIR_TRY(auto machine, records.get(name));
    if (machine.deleting) return base::conflict("State Machine is being deleted: '" + machine_arn + "'", "deleting");
    bool present =
        revision_id.empty() || revision_id == machine.revision_id || (revision_id == "INITIAL" && !machine.revised);
    if (!present)
      return base::conflict("Failed to publish the State Machine version for revision " + revision_id +
                                ". The current State Machine revision is " + machine.revision_id + ".",
                            "revision");
    WEIR_TRY(out.version, records.publish(machine, description, call.now()));
    out.arn = records.arn({name.account, name.name, std::to_string(out.version.number)});
    return {};
  }));
  return out;
}

base::Result<StatesList<ShownVersion>> list_state_machine_versions(Call& call, const std::string& machine_arn,
                                                                   const StatesPage& page) {
  call.about("stateMachineArn", machine_arn);
  WEIR_TRY(auto name, parse_unqualified(call, machine_arn));
  WEIR_CHECK_OK(call.authorize(states_ask("ListStateMachineVersions", machine_arn, name.account)));
  WEIR_TRY(auto from, key_in_states_token(page.token, executions::keys::versions(name.account, name.name)));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  auto records = machine_records(call, *tx);
  WEIR_CHECK_OK(records.get(name));
  WEIR_TRY(auto found, records.versions(name, from, page.items_max));
  StatesList<ShownVersion> out;
  for (auto& version : found.items) {
    auto arn = records.arn({name.account, name.name, std::to_string(version.number)});
    out.items.push_back({std::move(arn), std::move(version)});
  }
  if (!found.next.empty()) out.next_token = states_token(found.next);
  return out;
}

base::Status delete_state_machine_version(Call& call, const std::string& version_arn) {
  call.about("stateMachineVersionArn", version_arn);
  WEIR_TRY(auto name, parse_version(call, version_arn));
  WEIR_CHECK_OK(call.authorize(states_ask("DeleteStateMachineVersion", version_arn, name.account)));
  WEIR_TRY(auto number, base::parse_int(name.qualifier));
  return store::write(call.lake().store,
                      [&](store::Transaction& tx) { return machine_records(call, tx).erase_version(name, number); });
}

base::Result<ShownAlias> create_state_machine_alias(Call& call, const std::string& name, const std::string& description,
                                                    const WantedRoutes& routes) {
  call.about("name", name);
  WEIR_TRY(auto machine, machine_of(call, routes));
  auto arn = executions::machine_arn(call.lake().region, machine);
  WEIR_CHECK_OK(call.authorize(states_ask("CreateStateMachineAlias", arn, machine.account)));
  WEIR_CHECK_OK(executions::check_alias_name(name));
  ShownAlias made;
  WEIR_CHECK_OK(store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    auto records = machine_records(call, tx);
    WEIR_TRY(auto wanted, routes_of(call, records, routes));
    WEIR_TRY(auto there, records.find_alias(machine, name));
    if (there) {
      if (there->routes != wanted || there->description != description) return other_alias();
      return made = shown(records, machine, std::move(*there)), base::Status();
    }
    WEIR_TRY(auto all, records.aliases(machine, {}, executions::kAliasesMax));
    if (all.items.size() >= executions::kAliasesMax)
      return base::fail(base::Kind::limit_exceeded, "A state machine has at most 100 aliases.", "alias");
    Alias alias{name, description, std::move(wanted), call.now(), call.now()};
    WEIR_CHECK_OK(records.put_alias(machine, alias));
    return made = shown(records, machine, std::move(alias)), base::Status();
  }));
  return made;
}

base::Result<ShownAlias> update_state_machine_alias(Call& call, const std::string& alias_arn,
                                                    const std::optional<std::string>& description,
                                                    const std::optional<WantedRoutes>& routes) {
  call.about("stateMachineAliasArn", alias_arn);
  WEIR_TRY(auto name, parse_alias(call, alias_arn));
  WEIR_CHECK_OK(call.authorize(states_ask("UpdateStateMachineAlias", alias_arn, name.account)));
  if (!description && !routes)
    return base::invalid("At least one of description or routingConfiguration must be specified", "validation");
  ShownAlias out;
  WEIR_CHECK_OK(store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    auto records = machine_records(call, tx);
    WEIR_TRY(auto alias, records.alias(name, name.qualifier));
    if (routes) {
      WEIR_TRY(auto machine, machine_of(call, *routes));
      if (machine.account != name.account || machine.name != name.name)
        return bad_routing("the versions are of another state machine");
      WEIR_TRY(alias.routes, routes_of(call, records, *routes));
    }
    alias.description = description.value_or(alias.description);
    alias.updated_at = call.now();
    WEIR_CHECK_OK(records.put_alias(name, alias));
    return out = shown(records, name, std::move(alias)), base::Status();
  }));
  return out;
}

base::Result<ShownAlias> describe_state_machine_alias(Call& call, const std::string& alias_arn) {
  call.about("stateMachineAliasArn", alias_arn);
  WEIR_TRY(auto name, parse_alias(call, alias_arn));
  WEIR_CHECK_OK(call.authorize(states_ask("DescribeStateMachineAlias", alias_arn, name.account)));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  auto records = machine_records(call, *tx);
  WEIR_TRY(auto alias, records.alias(name, name.qualifier));
  return shown(records, name, std::move(alias));
}

base::Status delete_state_machine_alias(Call& call, const std::string& alias_arn) {
  call.about("stateMachineAliasArn", alias_arn);
  WEIR_TRY(auto name, parse_alias(call, alias_arn));
  WEIR_CHECK_OK(call.authorize(states_ask("DeleteStateMachineAlias", alias_arn, name.account)));
  return store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    auto records = machine_records(call, tx);
    WEIR_CHECK_OK(records.alias(name, name.qualifier));
    return records.erase_alias(name, name.qualifier);
  });
}

base::Result<StatesList<ShownAlias>> list_state_machine_aliases(Call& call, const std::string& machine_arn,
                                                                const StatesPage& page) {
  call.about("stateMachineArn", machine_arn);
  WEIR_TRY(auto name, machine_here(call, machine_arn));
  WEIR_CHECK_OK(call.authorize(states_ask("ListStateMachineAliases", machine_arn, name.account)));
  WEIR_TRY(auto from, key_in_states_token(page.token, executions::keys::aliases(name.account, name.name)));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  auto records = machine_records(call, *tx);
  WEIR_CHECK_OK(records.get(name));
  WEIR_TRY(auto found, records.aliases(name, from, page.items_max));
  StatesList<ShownAlias> out;
  for (auto& alias : found.items) {
    auto item = shown(records, name, std::move(alias));
    auto routed = [&](auto& route) { return name.qualifier.empty() || route.first == machine_arn; };
    if (std::any_of(item.routes.begin(), item.routes.end(), routed)) out.items.push_back(std::move(item));
  }
  if (!found.next.empty()) out.next_token = states_token(found.next);
  return out;
}

}  // namespace weir::app
