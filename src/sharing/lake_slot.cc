#include "sharing/lake_slot.h"

namespace weir::sharing {
namespace {

constexpr size_t kSuffixCharacters = 10;
constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

std::string_view purpose_of(LakeKind kind) {
  switch (kind) {
    case LakeKind::catalog:
    case LakeKind::databases: return "databases";
    case LakeKind::tables: return "tables";
    case LakeKind::all_tables: return "all-tables";
    case LakeKind::tag_databases: return "tag-databases";
    case LakeKind::tag_tables: return "tag-tables";
  }
  return "";
}

}  // namespace

std::string lake_slot(LakeKind kind, const Receiver& receiver, std::string_view resource, int version) {
  auto slot = (receiver.is_collective() ? receiver.text : receiver.account) + " " + std::string(purpose_of(kind));
  if (version <= 1) slot.append(" ").append(resource);
  return slot;
}

std::string lake_share_name(int version, base::Randomness& randomness) {
  return "LakeFormation-V" + std::to_string(version) + "-" + randomness.text(kSuffixCharacters, kAlphabet);
}

std::string_view lake_permission(LakeKind kind) {
  switch (kind) {
    case LakeKind::databases: return "AWSRAMLFEnabledGlueDatabaseReadWrite";
    case LakeKind::tables: return "AWSRAMLFEnabledGlueTableReadWrite";
    case LakeKind::all_tables: return "AWSRAMLFEnabledGlueAllTablesReadWriteForDatabase";
    case LakeKind::catalog: return "AWSRAMPermissionGlueDatabaseReadWriteForCatalog";
    case LakeKind::tag_databases: return "AWSRAMPermissionLFTagGlueDatabaseReadWriteForCatalog";
    case LakeKind::tag_tables: return "AWSRAMPermissionLFTagGlueTableReadWriteForCatalog";
  }
  return "";
}

}  // namespace weir::sharing
