#include "executions/machine.h"

#include <algorithm>

#include "executions/keys.h"

namespace weir::executions {
namespace {

store::Range from(std::string prefix, const std::string& first) {
  auto range = store::prefix_range(prefix);
  if (first.starts_with(prefix)) range.first = first;
  return range;
}

// Newest versions come first: pages go down.
store::Range down_from(std::string prefix, const std::string& last) {
  auto range = store::prefix_range(prefix);
  if (last.starts_with(prefix)) range.last = last + '\0';
  return range;
}

bool routes_to(const Alias& alias, int64_t version) {
  return std::any_of(alias.routes.begin(), alias.routes.end(), [&](auto& r) { return r.version == version; });
}

}  // namespace

base::Error MachineRecords::absent(const MachineName& name) const {
  return base::not_found("State Machine Does Not Exist: '" + arn(name) + "'", "state machine");
}

base::Result<std::optional<Machine>> MachineRecords::find(const MachineName& name) {
  return load<Machine>(tx_, keys::machine(name.account, name.name));
}

base::Result<Machine> MachineRecords::get(const MachineName& name) {
  WEIR_TRY(auto machine, find(name));
  if (!machine) return absent(name);
  return std::move(*machine);
}

base::Result<Page<Machine>> MachineRecords::list(std::string_view account, const std::string& first, size_t limit) {
  return load_page<Machine>(tx_, from(keys::machines(account), first), limit);
}

base::Status MachineRecords::put(const Machine& machine) {
  return save(tx_, keys::machine(machine.account, machine.name), machine);
}

base::Status MachineRecords::erase(const Machine& machine) {
  MachineName name{machine.account, machine.name};
  WEIR_TRY(auto versions, this->versions(name, {}, kVersionsMax));
  WEIR_CHECK_OK(Census(tx_, machine.account).remove(Census::Kind::machine));
  WEIR_CHECK_OK(erase_all(tx_, keys::versions(machine.account, machine.name)));
  WEIR_CHECK_OK(erase_all(tx_, keys::aliases(machine.account, machine.name)));
  WEIR_CHECK_OK(tx_.erase(keys::tags(arn(name))));
  WEIR_CHECK_OK(tx_.erase(keys::machine(machine.account, machine.name)));
  for (const auto& version : versions.items) WEIR_CHECK_OK(release(name, version.revision_id));
  return release(name, machine.revision_id);
}

base::Status MachineRecords::add(const Machine& machine, const Quotas& quotas) {
  WEIR_CHECK_OK(Census(tx_, machine.account).add(Census::Kind::machine, quotas.machines));
  return put(machine);
}

base::Result<Revision> MachineRecords::revision(std::string_view account, std::string_view id) {
  WEIR_TRY(auto found, load<Revision>(tx_, keys::revision(account, id)));
  if (!found) return base::internal("a machine's revision is not there: " + std::string(id));
  return std::move(*found);
}

base::Status MachineRecords::put_revision(std::string_view account, Revision revision) {
  revision.counted = true;
  return save(tx_, keys::revision(account, revision.id), revision);
}

base::Result<bool> MachineRecords::needs(const MachineName& name, const std::string& revision_id) {
  WEIR_TRY(auto machine, find(name));
  if (machine && machine->revision_id == revision_id) return true;
  WEIR_TRY(auto uses, tx_.scan(store::prefix_range(keys::revision_uses(name.account, revision_id)), 1));
  if (!uses.empty()) return true;
  WEIR_TRY(auto all, versions(name, {}, kVersionsMax));
  return std::any_of(all.items.begin(), all.items.end(), [&](auto& v) { return v.revision_id == revision_id; });
}

base::Status MachineRecords::release(const MachineName& name, const std::string& revision_id) {
  WEIR_TRY(bool needed, needs(name, revision_id));
  if (needed) return {};
  WEIR_TRY(auto there, load<Revision>(tx_, keys::revision(name.account, revision_id)));
  return there && there->counted ? tx_.erase(keys::revision(name.account, revision_id)) : base::Status();
}

base::Result<Version> MachineRecords::publish(Machine& machine, std::string description, base::Instant now) {
  MachineName name{machine.account, machine.name};
  WEIR_TRY(auto newest, versions(name, {}, 1));
  if (!newest.items.empty() && newest.items[0].revision_id == machine.revision_id) return newest.items[0];
  WEIR_TRY(auto kept, tx_.scan(store::prefix_range(keys::versions(machine.account, machine.name)), kVersionsMax));
  if (kept.size() >= static_cast<size_t>(kVersionsMax))
    return base::fail(base::Kind::limit_exceeded,
                      "The maximum number of versions for the state machine '" + arn(name) + "' has been reached.",
                      "version");
  Version version{++machine.last_version, machine.revision_id, std::move(description), now};
  WEIR_CHECK_OK(save(tx_, keys::version(machine.account, machine.name, version.number), version));
  WEIR_CHECK_OK(put(machine));
  return version;
}

base::Result<Version> MachineRecords::version(const MachineName& name, int64_t number) {
  WEIR_TRY(auto found, load<Version>(tx_, keys::version(name.account, name.name, number)));
  if (!found) return absent({name.account, name.name, std::to_string(number)});
  return std::move(*found);
}

base::Result<Page<Version>> MachineRecords::versions(const MachineName& name, const std::string& last, size_t limit) {
  return load_page<Version>(tx_, down_from(keys::versions(name.account, name.name), last), limit, true);
}

base::Status MachineRecords::erase_version(const MachineName& name, int64_t number) {
  WEIR_TRY(auto all, aliases({name.account, name.name}, {}, kAliasesMax));
  for (const auto& alias : all.items) {
    if (!routes_to(alias, number)) continue;
    return base::conflict("Version to be deleted must not be referenced by an alias. Current list of aliases " +
                              std::string("referencing this version: [") + alias.name + "]",
                          "version");
  }
  WEIR_TRY(auto version, load<Version>(tx_, keys::version(name.account, name.name, number)));
  if (!version) return {};
  WEIR_CHECK_OK(tx_.erase(keys::version(name.account, name.name, number)));
  return release({name.account, name.name}, version->revision_id);
}

base::Status MachineRecords::put_alias(const MachineName& machine, const Alias& alias) {
  return save(tx_, keys::alias(machine.account, machine.name, alias.name), alias);
}

base::Result<std::optional<Alias>> MachineRecords::find_alias(const MachineName& machine, std::string_view name) {
  return load<Alias>(tx_, keys::alias(machine.account, machine.name, name));
}

base::Result<Alias> MachineRecords::alias(const MachineName& machine, std::string_view name) {
  WEIR_TRY(auto found, find_alias(machine, name));
  if (!found)
    return base::not_found("Request references a resource that does not exist: '" +
                               arn({machine.account, machine.name, std::string(name)}) + "'",
                           "resource");
  return std::move(*found);
}

base::Result<Page<Alias>> MachineRecords::aliases(const MachineName& machine, const std::string& first, size_t limit) {
  return load_page<Alias>(tx_, from(keys::aliases(machine.account, machine.name), first), limit);
}

base::Status MachineRecords::erase_alias(const MachineName& machine, std::string_view name) {
  return tx_.erase(keys::alias(machine.account, machine.name, name));
}

}  // namespace weir::executions
