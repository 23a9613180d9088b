// Roles: made, shown, changed, listed, removed.
//
// Removing a role takes nothing away in Lake Formation: grants stay under its ARN, as on AWS. Its sessions
// end at once, and those of the old role are not sessions of a new one of the same name: they hold its
// unique id.
#pragma once
#include <string>
#include <vector>

#include "app/call.h"
#include "identity/role_records.h"

namespace weir::app {

// A role with its trust policy as readers see it: principals that are gone show as their unique ids.
struct ShownRole {
  identity::Role role;
  std::string trust;
};

base::Result<ShownRole> create_role(Call& call, const identity::NewRole& wanted);
base::Result<ShownRole> get_role(Call& call, const std::string& name);
base::Status update_role(Call& call, const std::string& name, const identity::RoleChange& change);
base::Status update_trust(Call& call, const std::string& name, const std::string& document);
base::Status delete_role(Call& call, const std::string& name);
base::Result<identity::Page<ShownRole>> list_roles(Call& call, const identity::PageRequest& page);

}  // namespace weir::app
