// Granting, revoking and listing Lake Formation permissions (lakeformation.md 2).
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "app/call.h"
#include "permissions/grant_change.h"
#include "permissions/records.h"

namespace weir::app {

struct GrantInput {
  std::string principal;
  permissions::Resource resource;
  std::vector<std::string> privileges;
  std::vector<std::string> grant_option;
};

// The answer holds notices: true things about the grant that its maker wants to know.
base::Result<std::vector<std::string>> grant_permissions(Call& call, const GrantInput& input);
base::Status revoke_permissions(Call& call, const GrantInput& input);

struct ListGrants {
  std::string catalog;
  permissions::GrantScope scope;
  std::optional<permissions::ResourceKind> kind;
  std::string token;
  size_t limit = 100;
};
// Administrators see all; everybody else what is granted to themselves.
base::Result<permissions::Page<permissions::Grant>> list_permissions(Call& call, const ListGrants& request);

// Grants on databases and tables located at the path or below it.
base::Result<std::vector<permissions::Grant>> permissions_for_path(Call& call, const std::string& catalog,
                                                                   const std::string& resource_arn);

}  // namespace weir::app
