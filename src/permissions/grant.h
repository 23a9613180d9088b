// One grant: what one principal holds on one resource. The record the store keeps.
//
// The owner of the resource grants to principals of its own account and, by a resource share, to other accounts and
// their principals. What an account got so it may pass on to principals of its own: that grant is its record, not the
// owner's (sharing.md 3.4).
//
// Invariants:
//  1. privileges is not empty, valid at the resource's level, and kept as granted (ALL is not spelled out).
//  2. grant_option is a subset of privileges.
//  3. A column grant holds exactly SELECT; `grantable` is the part of its columns that may be passed on.
//  4. What is held by a share has no condition: the tags of another account's principals are not the owner's to judge.
#pragma once
#include <string>

#include "base/record.h"
#include "permissions/privilege.h"
#include "permissions/resource.h"
#include "permissions/terms.h"

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
  std::string share;     // ARN of the resource share by which another account has it; empty inside the owner's account
  std::string local_to;  // the account that passed it on inside itself; empty: the owner's grant

  Terms terms() const { return {condition, share, local_to}; }
  const std::string& home() const { return local_to.empty() ? resource.catalog : local_to; }  // whose record it is
  bool operator==(const Grant&) const = default;
};
WEIR_RECORD(Grant, FIELD("Principal", &Grant::principal), FIELD("Resource", &Grant::resource),
            FIELD("Privileges", &Grant::privileges), FIELD("GrantOption", &Grant::grant_option),
            FIELD("Grantable", &Grant::grantable), FIELD("Condition", &Grant::condition),
            FIELD("LastUpdated", &Grant::last_updated), FIELD("LastUpdatedBy", &Grant::last_updated_by),
            FIELD("Share", &Grant::share), FIELD("LocalTo", &Grant::local_to))

// "SELECT on table sales.orders (with grant option)": for messages and lists.
std::string text(const Grant& grant);

}  // namespace weir::permissions
