#include "services/ram/permission_operations.h"

#include "app/sharing/share_permissions.h"
#include "base/text.h"
#include "services/ram/shapes.h"

namespace weir::services::ram {
namespace {

using sharing::ManagedPermission;

// The members that summaries and details share.
template <class Out>
Out described(const ManagedPermission& permission, base::Instant updated) {
  Out out;
  out.arn = permission.arn();
  out.version = std::to_string(permission.version);
  out.defaultVersion = true;
  out.name = std::string(permission.name);
  out.resourceType = std::string(to_string(permission.type));
  out.status = "ATTACHABLE";
  out.creationTime = sharing::permissions_published();
  out.lastUpdatedTime = updated;
  out.isResourceTypeDefault = permission.is_default;
  out.permissionType = "AWS_MANAGED";
  out.featureSet = "STANDARD";
  return out;
}

w::ResourceSharePermissionSummary summary(const ManagedPermission* permission) {
  return described<w::ResourceSharePermissionSummary>(*permission, sharing::permissions_published());
}

std::string name_of(const ManagedPermission* permission) { return std::string(permission->name); }

w::AssociatedPermission associated(const app::HeldPermission& held) {
  w::AssociatedPermission out;
  out.arn = held.permission->arn();
  out.permissionVersion = std::to_string(held.permission->version);
  out.defaultVersion = true;
  out.resourceType = std::string(to_string(held.permission->type));
  out.status = "ASSOCIATED";
  out.featureSet = "STANDARD";
  out.lastUpdatedTime = held.updated;
  out.resourceShareArn = held.share;
  return out;
}

bool is_wanted(const app::HeldPermission& held, const w::ListPermissionAssociationsRequest& in) {
  const auto& permission = *held.permission;
  auto is = [](const std::optional<std::string>& wanted, std::string_view there) {
    return !wanted || base::equal_ignoring_case(*wanted, there);
  };
  return is(in.permissionArn, permission.arn()) && is(in.resourceShareArn, held.share) &&
         is(in.resourceType, to_string(permission.type)) && is(in.associationStatus, "ASSOCIATED") &&
         is(in.featureSet, "STANDARD") && in.permissionVersion.value_or(permission.version) == permission.version &&
         in.defaultVersion.value_or(true);
}

template <class In>
app::PermissionChoice choice_of(const In& in) {
  app::PermissionChoice out;
  out.share = *in.resourceShareArn;
  out.permission = *in.permissionArn;
  out.token = in.clientToken;
  return out;
}

}  // namespace

base::Result<w::ListPermissionsResponse> list_permissions(app::Call& call, const w::ListPermissionsRequest& in) {
  WEIR_TRY(auto permissions, app::list_permissions(call, in.resourceType));
  if (in.permissionType.value_or("ALL") == "CUSTOMER_MANAGED") permissions.clear();
  w::ListPermissionsResponse out;
  WEIR_CHECK_OK(answer_page(in, out, std::move(permissions), name_of, out.permissions, summary));
  return out;
}

base::Result<w::GetPermissionResponse> get_permission(app::Call& call, const w::GetPermissionRequest& in) {
  WEIR_TRY(const auto* permission,
           app::get_permission(call, "ram:GetPermission", *in.permissionArn, in.permissionVersion));
  w::GetPermissionResponse out;
  out.permission = described<w::ResourceSharePermissionDetail>(*permission, sharing::permissions_published());
  out.permission->permission = permission->document();
  return out;
}

base::Result<w::ListPermissionVersionsResponse> list_permission_versions(app::Call& call,
                                                                         const w::ListPermissionVersionsRequest& in) {
  WEIR_TRY(const auto* permission,
           app::get_permission(call, "ram:ListPermissionVersions", *in.permissionArn, std::nullopt));
  w::ListPermissionVersionsResponse out;
  std::vector<const ManagedPermission*> versions{permission};
  WEIR_CHECK_OK(answer_page(in, out, std::move(versions), name_of, out.permissions, summary));
  return out;
}

base::Result<w::ListPermissionAssociationsResponse> list_permission_associations(
    app::Call& call, const w::ListPermissionAssociationsRequest& in) {
  WEIR_TRY(auto held, app::list_permission_associations(call));
  std::erase_if(held, [&](const auto& one) { return !is_wanted(one, in); });
  w::ListPermissionAssociationsResponse out;
  WEIR_CHECK_OK(answer_page(
      in, out, std::move(held), [](auto& one) { return one.share + " " + std::string(one.permission->name); },
      out.permissions, associated));
  return out;
}

base::Result<w::ListResourceSharePermissionsResponse> list_share_permissions(
    app::Call& call, const w::ListResourceSharePermissionsRequest& in) {
  WEIR_TRY(auto held, app::list_share_permissions(call, *in.resourceShareArn));
  w::ListResourceSharePermissionsResponse out;
  WEIR_CHECK_OK(answer_page(
      in, out, std::move(held), [](auto& one) { return std::string(one.permission->name); }, out.permissions,
      [](auto& one) {
        auto shown = described<w::ResourceSharePermissionSummary>(*one.permission, one.updated);
        shown.status = "ASSOCIATED";
        return shown;
      }));
  return out;
}

base::Result<w::AssociateResourceSharePermissionResponse> associate_permission(
    app::Call& call, const w::AssociateResourceSharePermissionRequest& in) {
  if (!in.permissionTemplateParameters.empty()) return not_offered("permissionTemplateParameters");
  auto choice = choice_of(in);
  choice.version = in.permissionVersion;
  choice.replace = in.replace.value_or(false);
  WEIR_CHECK_OK(app::associate_permission(call, choice));
  return done<w::AssociateResourceSharePermissionResponse>(in.clientToken);
}

base::Result<w::DisassociateResourceSharePermissionResponse> disassociate_permission(
    app::Call& call, const w::DisassociateResourceSharePermissionRequest& in) {
  WEIR_CHECK_OK(app::disassociate_permission(call, choice_of(in)));
  return done<w::DisassociateResourceSharePermissionResponse>(in.clientToken);
}

}  // namespace weir::services::ram
