// The managed permissions that shares carry, by the names under which AWS publishes them.
//
// They say what a share is about; what a principal may do is what Lake Formation granted, and never more. All of them
// have the reading of user-defined functions, which Spark asks for with every database (lakeformation.md 6.3).
//
// Threads: constants.
#pragma once
#include <span>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "sharing/shareable.h"

namespace weir::sharing {

struct ManagedPermission {
  std::string_view name;
  ResourceType type = ResourceType::catalog;
  int version = 1;  // the only one there is
  bool is_default = false;
  bool writes = false;

  std::string arn() const;
  std::string document() const;  // the statement's effect and actions, without principal and resource
};

std::span<const ManagedPermission> managed_permissions();
// When they came with the server.
base::Instant permissions_published();
// Null when there is none.
const ManagedPermission* find_permission(std::string_view name);
const ManagedPermission& default_permission(ResourceType type);

// By ARN. invalid about "arn" when it is no ARN of a permission, not_found about "permission" when there is none.
base::Result<const ManagedPermission*> permission_named(std::string_view arn);

}  // namespace weir::sharing
