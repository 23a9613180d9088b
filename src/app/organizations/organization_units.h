// The tree of an organization: its units, and what is above and below.
//
// Threads: as the Call.
#pragma once
#include "app/organizations/organizations.h"

namespace weir::app {

struct ShownUnit {
  identity::OrganizationalUnit unit;
  std::string arn;
  std::string path;  // o-x/r-y/ou-z/
};

base::Result<ShownUnit> create_unit(Call& call, const std::string& parent, const std::string& name,
                                    const identity::Tags& tags);
base::Result<ShownUnit> describe_unit(Call& call, const std::string& id);
base::Result<ShownUnit> update_unit(Call& call, const std::string& id, const std::optional<std::string>& name);
base::Status delete_unit(Call& call, const std::string& id);
base::Result<std::vector<ShownUnit>> list_units(Call& call, const std::string& parent);

// The parent of an account or unit.
base::Result<std::string> parent_of(Call& call, const std::string& child);
// Ids of the accounts or of the units right below.
enum class ChildType { account, unit };
base::Result<std::vector<std::string>> children_of(Call& call, const std::string& parent, ChildType type);

// o-x/r-y/ou-z/ of a root or unit; not_found about `noun`.
base::Result<std::string> path_of(identity::OrganizationRecords& records, const std::string& id,
                                  const std::string& noun);

}  // namespace weir::app
