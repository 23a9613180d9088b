// The managed permissions of shares: what there is, which share has which, and choosing another.
//
// A share has one permission for each type of resource in it.
//
// Threads: as the Call.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "app/call.h"
#include "sharing/managed_permissions.h"
#include "sharing/share.h"

namespace weir::app {

base::Result<std::vector<const sharing::ManagedPermission*>> list_permissions(Call& call,
                                                                              const std::optional<std::string>& type);
// `action`: of those that look at one permission. Another version than there is is not_found.
base::Result<const sharing::ManagedPermission*> get_permission(Call& call, const std::string& action,
                                                               const std::string& arn, std::optional<int> version);

struct HeldPermission {
  const sharing::ManagedPermission* permission = nullptr;
  std::string share;
  base::Instant updated{};
};
// Of a share that the caller's account owns or receives.
base::Result<std::vector<HeldPermission>> list_share_permissions(Call& call, const std::string& share);
// Of all shares of the account.
base::Result<std::vector<HeldPermission>> list_permission_associations(Call& call);

struct PermissionChoice {
  std::string share;
  std::string permission;
  std::optional<int> version = {};
  bool replace = false;  // the one of the same type
  std::optional<std::string> token = {};
};
base::Status associate_permission(Call& call, const PermissionChoice& choice);
// Refused while resources of its type are in the share.
base::Status disassociate_permission(Call& call, const PermissionChoice& choice);

}  // namespace weir::app
