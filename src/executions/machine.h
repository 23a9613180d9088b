// State machines as they are kept: the machine, its revisions, versions and aliases.
//
// A machine is a name with a current revision; a revision (definition, role, settings) never changes and is kept as
// long as the machine, a version or an execution has it: executions go on with the one they began with. Versions are
// numbered revisions, aliases send executions to one or two versions.
//
// Errors: not_found, already_exists and conflict about "state machine", "version" or "alias"; limit_exceeded about
// "state machine" or "version".
//
// Threads: as the transaction.
#pragma once
#include "executions/census.h"
#include "executions/names.h"
#include "executions/records.h"
#include "workflow/definition.h"

namespace weir::executions {

struct Machine {
  std::string account;
  std::string name;
  bool express = false;
  bool deleting = false;
  std::string revision_id;
  bool revised = false;  // was updated; before, AWS tells no revision
  int64_t last_version = 0;
  base::Instant created_at;
  base::Instant updated_at;
};
WEIR_RECORD(Machine, FIELD("Account", &Machine::account), FIELD("Name", &Machine::name),
            FIELD("Express", &Machine::express), FIELD("Deleting", &Machine::deleting),
            FIELD("RevisionId", &Machine::revision_id), FIELD("Revised", &Machine::revised),
            FIELD("LastVersion", &Machine::last_version), FIELD("CreatedAt", &Machine::created_at),
            FIELD("UpdatedAt", &Machine::updated_at))

struct Revision {
  std::string id;
  bool express = false;
  std::string definition;
  std::string role_arn;
  base::Json logging;  // kept and told, as given
  base::Json tracing;
  base::Json encryption;
  base::Instant made_at;
  bool counted = false;  // executions that began with it are on record, so that it can be told when none is left
};
WEIR_RECORD(Revision, FIELD("Id", &Revision::id), FIELD("Express", &Revision::express),
            FIELD("Definition", &Revision::definition), FIELD("RoleArn", &Revision::role_arn),
            FIELD("Logging", &Revision::logging), FIELD("Tracing", &Revision::tracing),
            FIELD("Encryption", &Revision::encryption), FIELD("MadeAt", &Revision::made_at),
            FIELD("Counted", &Revision::counted))

struct Version {
  int64_t number = 0;
  std::string revision_id;
  std::string description;
  base::Instant created_at;
};
WEIR_RECORD(Version, FIELD("Number", &Version::number), FIELD("RevisionId", &Version::revision_id),
            FIELD("Description", &Version::description), FIELD("CreatedAt", &Version::created_at))

struct AliasRoute {
  int64_t version = 0;
  int64_t weight = 0;
  bool operator==(const AliasRoute&) const = default;
};
WEIR_RECORD(AliasRoute, FIELD("Version", &AliasRoute::version), FIELD("Weight", &AliasRoute::weight))

struct Alias {
  std::string name;
  std::string description;
  std::vector<AliasRoute> routes;  // one or two, their weights are 100 together
  base::Instant created_at;
  base::Instant updated_at;
};
WEIR_RECORD(Alias, FIELD("Name", &Alias::name), FIELD("Description", &Alias::description),
            FIELD("Routes", &Alias::routes), FIELD("CreatedAt", &Alias::created_at),
            FIELD("UpdatedAt", &Alias::updated_at))

inline constexpr int64_t kVersionsMax = 1'000;
inline constexpr size_t kAliasesMax = 100;

class MachineRecords {
 public:
  MachineRecords(store::Transaction& tx, std::string region) : tx_(tx), region_(std::move(region)) {}

  base::Result<Machine> get(const MachineName& name);
  base::Result<std::optional<Machine>> find(const MachineName& name);
  base::Result<Page<Machine>> list(std::string_view account, const std::string& from, size_t limit);
  base::Status put(const Machine& machine);
  // The first time.
  base::Status add(const Machine& machine, const Quotas& quotas = {});
  // With its versions, aliases and tags.
  base::Status erase(const Machine& machine);

  base::Result<Revision> revision(std::string_view account, std::string_view id);
  base::Status put_revision(std::string_view account, Revision revision);
  // Erases a revision of the machine that nothing has any more.
  base::Status release(const MachineName& name, const std::string& revision_id);

  // The present revision under the next number; the newest version again when that is its revision.
  base::Result<Version> publish(Machine& machine, std::string description, base::Instant now);
  base::Result<Version> version(const MachineName& name, int64_t number);
  base::Result<Page<Version>> versions(const MachineName& name, const std::string& from, size_t limit);
  base::Status erase_version(const MachineName& name, int64_t number);

  base::Status put_alias(const MachineName& machine, const Alias& alias);
  base::Result<Alias> alias(const MachineName& machine, std::string_view name);
  base::Result<std::optional<Alias>> find_alias(const MachineName& machine, std::string_view name);
  base::Result<Page<Alias>> aliases(const MachineName& machine, const std::string& from, size_t limit);
  base::Status erase_alias(const MachineName& machine, std::string_view name);

  std::string arn(const MachineName& name) const { return machine_arn(region_, name); }

 private:
  base::Error absent(const MachineName& name) const;
  base::Result<bool> needs(const MachineName& name, const std::string& revision_id);
  store::Transaction& tx_;
  std::string region_;
};

}  // namespace weir::executions
