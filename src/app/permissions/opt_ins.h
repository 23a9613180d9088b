// Opt-ins to Lake Formation where a location is in hybrid access mode (lakeformation.md 2.8).
//
// Only data lake administrators opt anybody in or out. They are asked about at every decision from the next request on.
#pragma once
#include <optional>
#include <string>

#include "app/call.h"
#include "permissions/tag_records.h"

namespace weir::app {

struct OptInInput {
  std::string principal;           // an IAM user, a role, or ACCOUNT:IAMPrincipals
  permissions::Resource resource;  // the catalog, a database, a table, or all tables of a database
  std::string condition;
};
// Once more the same changes nothing.
base::Status create_opt_in(Call& call, const OptInInput& input);
base::Status delete_opt_in(Call& call, const OptInInput& input);

struct OptInList {
  permissions::OptInScope scope;
  std::string token;
  size_t limit = 1000;
};
// Administrators see all; everybody else their own.
base::Result<permissions::Page<permissions::OptIn>> list_opt_ins(Call& call, const OptInList& request);

}  // namespace weir::app
