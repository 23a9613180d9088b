#include "sharing/managed_permissions.h"

#include <algorithm>

#include "base/check.h"
#include "base/json.h"
#include "names/arn.h"

namespace weir::sharing {
namespace {

using enum ResourceType;

constexpr ManagedPermission kPermissions[] = {
    {"AWSRAMDefaultPermissionGlueCatalog", catalog, 1, true, false},
    {"AWSRAMDefaultPermissionGlueDatabase", database, 1, true, false},
    {"AWSRAMDefaultPermissionGlueTable", table, 1, true, false},

    {"AWSRAMLFEnabledGlueDatabaseReadWrite", database, 1, false, true},
    {"AWSRAMLFEnabledGlueAllTablesReadWriteForDatabase", database, 1, false, true},
    {"AWSRAMLFEnabledGlueTableReadWrite", table, 1, false, true},
    {"AWSRAMLFEnabledGlueDatabaseReadWriteForTable", table, 1, false, true},

    {"AWSRAMPermissionGlueDatabaseReadWriteForCatalog", catalog, 3, false, true},
    {"AWSRAMPermissionGlueAllTablesReadWriteForCatalog", catalog, 3, false, true},
    {"AWSRAMPermissionGlueTableReadWriteForCatalog", catalog, 3, false, true},
    {"AWSRAMPermissionGlueDatabaseReadWrite", database, 3, false, true},
    {"AWSRAMPermissionGlueAllTablesReadWriteForDatabase", database, 3, false, true},
    {"AWSRAMPermissionGlueTableReadWriteForDatabase", database, 3, false, true},
    {"AWSRAMPermissionGlueDatabaseReadWriteForTable", table, 2, false, true},
    {"AWSRAMPermissionGlueTableReadWrite", table, 2, false, true},

    {"AWSRAMPermissionLFTagGlueDatabaseReadWriteForCatalog", catalog, 1, false, true},
    {"AWSRAMPermissionLFTagGlueTableReadWriteForCatalog", catalog, 1, false, true},
    {"AWSRAMPermissionLFTagGlueDatabaseReadWrite", database, 1, false, true},
    {"AWSRAMPermissionLFTagGlueTableReadWriteForDatabase", database, 1, false, true},
    {"AWSRAMPermissionLFTagGlueDatabaseReadWriteForTable", table, 1, false, true},
    {"AWSRAMPermissionLFTagGlueTableReadWrite", table, 1, false, true},
};

constexpr std::string_view kArnPrefix = "arn:aws:ram::aws:permission/";

constexpr std::string_view kReads[] = {
    "glue:GetDatabase",  "glue:GetDatabases",  "glue:GetUserDefinedFunction", "glue:GetUserDefinedFunctions",
    "glue:GetTable",     "glue:GetTables",     "glue:GetTableVersion",        "glue:GetTableVersions",
    "glue:GetPartition", "glue:GetPartitions", "glue:BatchGetPartition",      "glue:SearchTables",
};
constexpr std::string_view kTableReads[] = {
    "glue:GetTable",
    "glue:GetTables",
    "glue:GetTableVersion",
    "glue:GetTableVersions",
    "glue:GetPartition",
    "glue:GetPartitions",
    "glue:BatchGetPartition",
    "glue:SearchTables",
    "glue:GetUserDefinedFunction",
    "glue:GetUserDefinedFunctions",
};
constexpr std::string_view kDatabaseWrites[] = {"glue:UpdateDatabase", "glue:DeleteDatabase", "glue:CreateTable"};
constexpr std::string_view kTableWrites[] = {
    "glue:UpdateTable",          "glue:DeleteTable",          "glue:BatchDeleteTable",
    "glue:CreatePartition",      "glue:BatchCreatePartition", "glue:UpdatePartition",
    "glue:BatchUpdatePartition", "glue:DeletePartition",      "glue:BatchDeletePartition",
};

}  // namespace

std::string ManagedPermission::arn() const { return std::string(kArnPrefix).append(name); }

std::string ManagedPermission::document() const {
  auto actions = base::Json::array();
  auto add = [&](std::span<const std::string_view> some) {
    for (auto action : some) actions.push(std::string(action));
  };
  type == table ? add(kTableReads) : add(kReads);
  if (writes && type != table) add(kDatabaseWrites);
  if (writes) add(kTableWrites);
  return base::Json::object().set("Effect", "Allow").set("Action", std::move(actions)).dump();
}

std::span<const ManagedPermission> managed_permissions() { return kPermissions; }

base::Instant permissions_published() { return base::from_epoch_seconds(1667260800); }  // 2022-11-01

const ManagedPermission* find_permission(std::string_view name) {
  auto found = std::ranges::find(kPermissions, name, &ManagedPermission::name);
  return found == std::end(kPermissions) ? nullptr : &*found;
}

const ManagedPermission& default_permission(ResourceType type) {
  auto found = std::ranges::find_if(kPermissions, [&](auto& one) { return one.type == type && one.is_default; });
  CHECK_TRUE(found != std::end(kPermissions), "every type has a default permission");
  return *found;
}

base::Result<const ManagedPermission*> permission_named(std::string_view arn) {
  auto parsed = names::Arn::parse(arn);
  bool good = parsed.ok() && parsed->service == "ram" && parsed->resource.starts_with("permission/");
  std::string quoted(arn.substr(0, 256));
  if (!good) return base::invalid("The specified permission ARN " + quoted + " is not valid.", "arn");
  auto* found = arn.starts_with(kArnPrefix) ? find_permission(arn.substr(kArnPrefix.size())) : nullptr;
  if (!found) return base::not_found("Permission " + quoted + " could not be found.", "permission");
  return found;
}

}  // namespace weir::sharing
