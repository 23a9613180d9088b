#include "cli/mesh_grants.h"

#include <algorithm>

#include "base/text.h"

namespace weir::cli {
namespace {

using base::Json;

constexpr std::string_view kService = "lakeformation";

Json principal(const std::string& role) { return Json::object().set("DataLakePrincipalIdentifier", role); }

Json texts(const std::vector<std::string>& items) { return Json(Json::Array(items.begin(), items.end())); }

Json on_database(const std::string& name) { return Json::object().set("Database", Json::object().set("Name", name)); }

Json on_tables(const std::string& database) {
  return Json::object().set("Table", Json::object().set("DatabaseName", database).set("TableWildcard", Json::object()));
}

// Whether a listed resource is the one we would name: lists name the catalog and ALL_TABLES, too.
bool is_about(const Json& listed, const Json& wanted) {
  for (std::string_view kind : {"Database", "Table"}) {
    const auto* named = wanted.find(kind);
    const auto* there = listed.find(kind);
    if (!named) continue;
    return there && there->text("Name", named->text("Name")) == named->text("Name", there->text("Name")) &&
           there->text("DatabaseName") == named->text("DatabaseName") &&
           (there->find("TableWildcard") != nullptr) == (named->find("TableWildcard") != nullptr);
  }
  return false;
}

bool has(const Json& row, std::string_view list, const std::string& permission) {
  const auto* items = row.find(list);
  if (!items || !items->as_array()) return false;
  return std::ranges::any_of(*items->as_array(), [&](const Json& one) {
    return one.as_string() && (*one.as_string() == permission || *one.as_string() == "ALL");
  });
}

bool has_all(const std::vector<Json>& held, const Json& resource, std::string_view list,
             const std::vector<std::string>& permissions) {
  return std::ranges::all_of(permissions, [&](const std::string& permission) {
    return std::ranges::any_of(held, [&](const Json& row) {
      const auto* about = row.find("Resource");
      return about && is_about(*about, resource) && has(row, list, permission);
    });
  });
}

std::string name_of(const Json& resource) {
  if (const auto* database = resource.find("Database")) return database->text("Name");
  const auto* table = resource.find("Table");
  return table ? table->text("DatabaseName") + ".*" : resource.dump();
}

// A list tells the name ALL_TABLES beside the wildcard; a request names one of them.
Json as_asked(Json resource) {
  auto* table = resource.find("Table");
  if (!table || !table->find("TableWildcard")) return resource;
  std::erase_if(*table->as_object(), [](const auto& member) { return member.first == "Name"; });
  return resource;
}

}  // namespace

base::Result<std::vector<Json>> MeshGrants::held_by(const std::string& role) const {
  std::vector<Json> rows;
  WEIR_CHECK_OK(api_.each(kService, "ListPermissions", Json::object().set("Principal", principal(role)),
                          "PrincipalResourcePermissions", [&](const Json& row) -> base::Status {
                            const auto* who = row.find("Principal");
                            if (who && who->text("DataLakePrincipalIdentifier") == role) rows.push_back(row);
                            return {};
                          }));
  return rows;
}

base::Status MeshGrants::grant(const MeshNeed& need, const std::string& database) {
  WEIR_TRY(auto held, held_by(need.role));
  if (need.on_database) WEIR_CHECK_OK(grant_one(held, need.role, {on_database(database), {"DESCRIBE"}, {}}));
  auto option = need.passes_on ? need.on_tables : std::vector<std::string>();
  return grant_one(held, need.role, {on_tables(database), need.on_tables, option});
}

base::Status MeshGrants::grant_one(const std::vector<Json>& held, const std::string& role, const Wanted& wanted) {
  bool there = has_all(held, wanted.resource, "Permissions", wanted.permissions) &&
               has_all(held, wanted.resource, "PermissionsWithGrantOption", wanted.option);
  auto request = Json::object()
                     .set("Principal", principal(role))
                     .set("Resource", wanted.resource)
                     .set("Permissions", texts(wanted.permissions))
                     .set("PermissionsWithGrantOption", texts(wanted.option));
  if (!there) WEIR_CHECK_OK(api_.call(kService, "GrantPermissions", request));
  auto what = base::join(wanted.permissions, ", ") + " on " + name_of(wanted.resource);
  ledger_.enter(there ? Fate::there : Fate::made, "grant",
                what + (wanted.option.empty() ? "" : " with grant option") + " to " + role);
  return {};
}

base::Result<bool> MeshGrants::has_any(const std::string& role) const {
  WEIR_TRY(auto held, held_by(role));
  return !held.empty();
}

base::Status MeshGrants::revoke_all(const std::string& role) {
  WEIR_TRY(auto held, held_by(role));
  for (const auto& row : held) {
    auto request = Json::object().set("Principal", principal(role));
    request.set("Resource", as_asked(*row.find("Resource")));
    for (std::string_view list : {"Permissions", "PermissionsWithGrantOption"})
      if (const auto* items = row.find(list)) request.set(std::string(list), *items);
    WEIR_CHECK_OK(api_.call(kService, "RevokePermissions", request));
    ledger_.enter(Fate::removed, "grant", "on " + name_of(*row.find("Resource")) + " to " + role);
  }
  return {};
}

std::string MeshGrants::commands(const MeshNeed& need, const std::string& database) {
  auto begin = "  weir grant --principal " + need.role;
  auto words = base::join(need.on_tables, ",");
  auto out = begin + " --permissions " + words + " --resource '" + database + ".*'" +
             (need.passes_on ? " --grant-option " + words : "") + "\n";
  if (need.on_database) out += begin + " --permissions DESCRIBE --resource " + database + "\n";
  return out;
}

}  // namespace weir::cli
