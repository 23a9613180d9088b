// Listing permissions: what was granted, and for one principal on one resource what that amounts to
// (lakeformation.md 2.15, 2.16).
//
// Pages are filled with what the caller sees before they are cut; a token leads to what comes after the last row shown,
// while grants come and go.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "app/permissions/grant_rows.h"
#include "permissions/principal.h"
#include "permissions/records.h"

namespace weir::app {

struct ListGrants {
  std::string catalog;
  std::optional<permissions::Principal> principal;
  std::vector<permissions::Resource> resources;  // empty: all; several are values of one LF-Tag
  std::optional<GrantType> type;
  bool with_filters = false;  // with a table: the grants on its filters, too
  std::string token;
  size_t limit = 1000;
};
// With both principal and resource: effective permissions.
base::Result<permissions::Page<GrantRow>> list_permissions(Call& call, const ListGrants& request);

struct PathGrants {
  std::string catalog;
  std::string resource_arn;
  std::string token;
  size_t limit = 1000;
};
// Grants on databases and tables located at the path or below it; those at the path itself come first.
base::Result<permissions::Page<GrantRow>> permissions_for_path(Call& call, const PathGrants& request);

}  // namespace weir::app
