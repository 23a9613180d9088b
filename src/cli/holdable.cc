#include "cli/holdable.h"

#include "permissions/principal.h"

namespace weir::cli {
namespace {

using base::Json;

bool has(const Json& item, std::string_view outer, std::string_view inner) {
  const auto* found = item.find(outer);
  return found && found->find(inner);
}

// Catalogs beside the account's own are named ACCOUNT:NAME.
bool in_nested_catalog(const Json& value) {
  if (value.as_array()) {
    for (const auto& item : *value.as_array())
      if (in_nested_catalog(item)) return true;
    return false;
  }
  if (!value.as_object()) return false;
  for (const auto& [name, member] : *value.as_object()) {
    bool names_catalog = name == "CatalogId" || name == "TableCatalogId" || name == "Id";
    if (names_catalog && member.as_string() && member.as_string()->find(':') != std::string::npos) return true;
    if (in_nested_catalog(member)) return true;
  }
  return false;
}

// The document names a catalog where it is not the account's own.
bool is_on_anothers(const Section& section, const Json& item, std::string_view account) {
  const auto* on = section.name == "DataCellsFilters" ? item.find("TableData") : nullptr;
  if (section.name == "Permissions") on = item.find("Resource");
  if (!on) return false;
  auto names_another = [&](const Json& value) {
    for (auto member : {"CatalogId", "TableCatalogId", "Id"})
      if (auto catalog = value.text(member); !catalog.empty() && catalog != account) return true;
    return false;
  };
  if (section.name == "DataCellsFilters") return names_another(*on);
  if (!on->as_object()) return false;
  for (const auto& [kind, resource] : *on->as_object())
    if (names_another(resource)) return true;
  return false;
}

}  // namespace

std::optional<std::string> why_not_holdable(const std::string& principal, std::string_view account) {
  auto parsed = permissions::Principal::parse(principal);
  if (!parsed) return parsed.error().says;
  auto status = permissions::check_grantable(*parsed, account);
  if (!status.ok()) return status.error().says;
  return std::nullopt;
}

std::optional<std::string> why_not_holdable(const Section& section, const Json& item, std::string_view account) {
  if (has(item, "DatabaseInput", "FederatedDatabase")) return "Weir has no federated databases";
  if (has(item, "TableInput", "FederatedTable")) return "Weir has no federated tables";
  if (has(item, "TableInput", "ViewDefinition")) return "Weir has no multi-dialect views";
  for (auto member : {"RLSPolicy", "UserDefinedFunction", "AnyResource"})
    if (has(item, "Resource", member)) return "Weir has no permissions on this kind of resource";
  if (section.service == "lakeformation" && in_nested_catalog(item)) return "Weir has no nested catalogs";
  if (is_on_anothers(section, item, account)) return "it is on another account's resource, which that account shares";
  if (section.name == "Permissions" || section.name == "OptIns")
    for (const auto& principal : principals(section, item))
      if (auto why = why_not_holdable(principal, account)) return why;
  return std::nullopt;
}

}  // namespace weir::cli
