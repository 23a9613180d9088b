// How Lake Formation words what a caller lacks; clients look for these words (lakeformation.md 2.11).
#pragma once
#include <string>

#include "permissions/privilege.h"
#include "permissions/resource.h"

namespace weir::app {

// "Create Table"
std::string wording(permissions::Privilege privilege);
// "Insufficient Lake Formation permission(s): Required Describe on sales.orders"
std::string insufficient(permissions::Privilege privilege, const permissions::Resource& on);
// For what is no single privilege, in words of its own: "create tag on catalog".
std::string insufficient(std::string_view required);

}  // namespace weir::app
