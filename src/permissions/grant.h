// One grant: what one principal holds on one resource. The record the store keeps.
//
// Invariants:
//  1. privileges is not empty, valid at the resource's level, and kept as granted (ALL is not spelled out).
//  2. grant_option is a subset of privileges.
//  3. A column grant holds exactly SELECT; `grantable` is the part of its columns that may be passed on.
#pragma once
#include <string>

#include "base/record.h"
#include "permissions/privilege.h"
#include "permissions/resource.h"

namespace weir::permissions {

struct Grant {
  std::string principal;  // Principal::text()
  Resource resource;
  PrivilegeSet privileges;
  PrivilegeSet grant_option;
  ColumnSet grantable;    // column grants only
  std::string condition;  // Condition::text(); empty: none. Grants that differ only here are different grants
  base::Instant last_updated;
  std::string last_updated_by;
  bool operator==(const Grant&) const = default;
};
WEIR_RECORD(Grant, FIELD("Principal", &Grant::principal), FIELD("Resource", &Grant::resource),
            FIELD("Privileges", &Grant::privileges), FIELD("GrantOption", &Grant::grant_option),
            FIELD("Grantable", &Grant::grantable), FIELD("Condition", &Grant::condition),
            FIELD("LastUpdated", &Grant::last_updated), FIELD("LastUpdatedBy", &Grant::last_updated_by))

// "SELECT on table sales.orders (with grant option)": for messages and lists.
std::string text(const Grant& grant);

}  // namespace weir::permissions
