// Access requests of the central account, carried by a template of Weir's own instead of the sample's machine.
//
// The account's approval policy names the template. A policy that an administrator wrote is neither replaced nor taken
// away: ours is the one that says nothing but which template and role.
#pragma once
#include <string>
#include <string_view>

#include "cli/json_api.h"
#include "cli/mesh_ledger.h"
#include "cli/mesh_place.h"
#include "cli/state_machines.h"

namespace weir::cli {

class MeshRequests {
 public:
  MeshRequests(const JsonApi& api, const MeshPlace& place, MeshLedger& ledger)
      : api_(api), place_(place), ledger_(ledger) {}

  base::Status put(const std::string& template_name);
  // The policy becomes the default one again, and the machine that it made goes, unless somebody changed it.
  base::Status remove(MachineRemoval also);

 private:
  base::Json policy_for(const std::string& template_name) const;
  // The template that our policy names; empty when the policy is not ours.
  std::string template_of(const base::Json& policy) const;
  base::Result<base::Json> policy_in_force() const;
  base::Status leave(const base::Json& policy);
  base::Status remove_made(const std::string& arn, MachineRemoval also);

  const JsonApi& api_;
  const MeshPlace& place_;
  MeshLedger& ledger_;
};

}  // namespace weir::cli
