#include "app/sharing/share_permissions.h"

#include <algorithm>

#include "app/request_token.h"
#include "app/sharing/resource_shares.h"
#include "app/sharing/share_joining.h"
#include "sharing/shares.h"

namespace weir::app {

using sharing::ManagedPermission;
using sharing::Share;
using sharing::ShareRecords;

namespace {

base::Status check_version(const ManagedPermission& permission, std::optional<int> version) {
  if (!version || *version == permission.version) return {};
  return base::not_found("Permission " + permission.arn() + " has no version " + std::to_string(*version) + " here.",
                         "permission");
}

void add_held(const Share& share, std::vector<HeldPermission>& out) {
  for (const auto& one : share.permissions)
    if (const auto* permission = sharing::find_permission(one.name))
      out.push_back({permission, share.arn(), one.updated});
}

// The share of the ARN when the account owns or receives it.
const Share* known_share(const Call& call, const std::string& arn) {
  const auto* share = call.state().shares.find(arn);
  if (!share || share->owner.text() == call.caller().account()) return share;
  auto received = call.state().shares.all_received_by(call.caller().account(), memberships_of(call));
  return std::ranges::find(received, share) == received.end() ? nullptr : share;
}

base::Json parameters_of(const PermissionChoice& choice) {
  return base::Json::object()
      .set("share", choice.share)
      .set("permission", choice.permission)
      .set("replace", choice.replace);
}

struct Chosen {
  const ManagedPermission* permission = nullptr;
  Share share;
};

base::Result<Chosen> authorize_choice(Call& call, const std::string& action, const PermissionChoice& choice) {
  call.about("permissionArn", choice.permission);
  Chosen out;
  WEIR_TRY(out.permission, sharing::permission_named(choice.permission));
  WEIR_CHECK_OK(check_version(*out.permission, choice.version));
  ShareDeed deed{action};
  deed.permission = out.permission->arn();
  WEIR_TRY(out.share, authorize_share(call, choice.share, deed));
  return out;
}

base::Status put(Share& share, const ManagedPermission& permission, bool replace, base::Instant now) {
  std::string type(to_string(permission.type));
  auto same_type = std::ranges::find(share.permissions, type, &sharing::SharePermission::resource_type);
  if (same_type == share.permissions.end()) {
    share.permissions.push_back({std::string(permission.name), type, now});
    return {};
  }
  if (same_type->name == permission.name) return {};
  if (!replace)
    return base::invalid("The resource share has a permission for " + type + " already: replace it.", "parameter");
  *same_type = {std::string(permission.name), type, now};
  return {};
}

base::Status remove(ShareRecords& records, Share& share, const ManagedPermission& permission) {
  auto there = std::ranges::find(share.permissions, permission.name, &sharing::SharePermission::name);
  if (there == share.permissions.end())
    return base::not_found(permission.arn() + " is not associated with the resource share.", "association");
  WEIR_TRY(auto resources, records.resources(share));
  for (const auto& one : resources)
    if (sharing::type_name_of(one.resource) == to_string(permission.type))
      return sharing_not_permitted("The resource share has resources that need the permission.");
  share.permissions.erase(there);
  return {};
}

template <class Change>
base::Status change_permissions(Call& call, const PermissionChoice& choice, const Share& share, const Change& change) {
  auto body = [&](store::Transaction& tx) -> base::Result<std::string> {
    WEIR_TRY(auto now, unchanged_share(tx, share));
    ShareRecords records(tx);
    WEIR_CHECK_OK(change(records, now));
    WEIR_CHECK_OK(records.save(std::move(now), call.now()));
    return choice.share;
  };
  WEIR_CHECK_OK(write_once(call, {choice.token, parameters_of(choice)}, body));
  return {};
}

}  // namespace

base::Result<std::vector<const ManagedPermission*>> list_permissions(Call& call,
                                                                     const std::optional<std::string>& type) {
  WEIR_CHECK_OK(call.authorize({.action = "ram:ListPermissions"}));
  auto wanted = type ? sharing::resource_type_named(*type) : std::nullopt;
  if (type && !wanted)
    return base::invalid("The resource type " + type->substr(0, 64) + " is not one of this server's.", "parameter");
  std::vector<const ManagedPermission*> out;
  for (const auto& one : sharing::managed_permissions())
    if (!wanted || one.type == *wanted) out.push_back(&one);
  return out;
}

base::Result<const ManagedPermission*> get_permission(Call& call, const std::string& action, const std::string& arn,
                                                      std::optional<int> version) {
  call.about("permissionArn", arn);
  Ask ask{.action = action, .resource = arn};
  ask.extra.set("ram:PermissionArn", arn);
  auto permission = sharing::permission_named(arn);
  if (!permission.ok() && permission.error().kind == base::Kind::invalid) return std::move(permission).error();
  WEIR_CHECK_OK(call.authorize(ask));
  if (permission.ok()) WEIR_CHECK_OK(check_version(**permission, version));
  return permission;
}

base::Result<std::vector<HeldPermission>> list_share_permissions(Call& call, const std::string& arn) {
  call.about("resourceShareArn", arn);
  WEIR_CHECK_OK(sharing::parse_share_arn(arn));
  const auto* share = known_share(call, arn);
  Ask ask{.action = "ram:ListResourceSharePermissions", .resource = arn};
  // A receiver would learn the owner's tags by what its own policies allow.
  if (share && share->owner.text() == call.caller().account()) describe_share(*share, ask.extra);
  WEIR_CHECK_OK(call.authorize(ask));
  if (!share) return sharing::no_such_share(arn);
  std::vector<HeldPermission> out;
  add_held(*share, out);
  return out;
}

base::Result<std::vector<HeldPermission>> list_permission_associations(Call& call) {
  WEIR_CHECK_OK(call.authorize({.action = "ram:ListPermissionAssociations"}));
  std::vector<HeldPermission> out;
  for (const auto* share : call.state().shares.owned_by(call.caller().account())) add_held(*share, out);
  return out;
}

base::Status associate_permission(Call& call, const PermissionChoice& choice) {
  WEIR_TRY(auto chosen, authorize_choice(call, "ram:AssociateResourceSharePermission", choice));
  return change_permissions(call, choice, chosen.share, [&](ShareRecords&, Share& share) {
    return put(share, *chosen.permission, choice.replace, call.now());
  });
}

base::Status disassociate_permission(Call& call, const PermissionChoice& choice) {
  WEIR_TRY(auto chosen, authorize_choice(call, "ram:DisassociateResourceSharePermission", choice));
  return change_permissions(call, choice, chosen.share, [&](ShareRecords& records, Share& share) {
    return remove(records, share, *chosen.permission);
  });
}

}  // namespace weir::app
