// Versions and aliases of state machines.
//
// Errors: conflict about "revision", "version" or "alias" (ConflictException), invalid about "validation",
// not_found about "resource" and "state machine", limit_exceeded about "version" and "alias".
//
// Threads: as the Call.
#pragma once
#include "app/executions/states_words.h"

namespace weir::app {

struct ShownVersion {
  std::string arn;
  executions::Version version;
};

struct ShownAlias {
  std::string arn;
  executions::Alias alias;
  std::vector<std::pair<std::string, int64_t>> routes;  // version ARNs and weights
};

// A version's ARN and its weight, as requests have them.
using WantedRoutes = std::vector<std::pair<std::string, int64_t>>;

// `revision_id`: what the caller believes to be the present revision; empty for whichever it is.
base::Result<ShownVersion> publish_state_machine_version(Call& call, const std::string& machine_arn,
                                                         const std::string& revision_id,
                                                         const std::string& description);
base::Result<StatesList<ShownVersion>> list_state_machine_versions(Call& call, const std::string& machine_arn,
                                                                   const StatesPage& page);
// What is not there can be deleted; what an alias routes to cannot.
base::Status delete_state_machine_version(Call& call, const std::string& version_arn);

base::Result<ShownAlias> create_state_machine_alias(Call& call, const std::string& name, const std::string& description,
                                                    const WantedRoutes& routes);
base::Result<ShownAlias> update_state_machine_alias(Call& call, const std::string& alias_arn,
                                                    const std::optional<std::string>& description,
                                                    const std::optional<WantedRoutes>& routes);
base::Result<ShownAlias> describe_state_machine_alias(Call& call, const std::string& alias_arn);
base::Status delete_state_machine_alias(Call& call, const std::string& alias_arn);
// Of a machine, or of one version those that route to it.
base::Result<StatesList<ShownAlias>> list_state_machine_aliases(Call& call, const std::string& machine_arn,
                                                                const StatesPage& page);

}  // namespace weir::app
