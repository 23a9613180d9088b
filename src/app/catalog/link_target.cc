#include "app/catalog/link_target.h"

#include "base/text.h"

namespace weir::app {

std::string LinkTarget::text() const {
  auto what = name.table.empty() ? "database " + name.database : "table " + name.database + "." + name.table;
  return what + " of account " + name.catalog;
}

std::optional<LinkTarget> target_of(const catalog::Database& database) {
  if (!database.target_database) return std::nullopt;
  const auto& to = *database.target_database;
  return LinkTarget{{to.catalog_id.value_or(database.catalog_id), base::to_lower(to.database_name.value_or("")), ""},
                    to.region.value_or("")};
}

std::optional<LinkTarget> target_of(const catalog::Table& table) {
  if (!table.target_table) return std::nullopt;
  const auto& to = *table.target_table;
  return LinkTarget{{to.catalog_id.value_or(table.catalog_id), base::to_lower(to.database_name.value_or("")),
                     base::to_lower(to.name.value_or(""))},
                    to.region.value_or("")};
}

catalog::Table under_link(const catalog::Table& link, const catalog::Table& target) {
  auto out = link;
  out.last_access_time = target.last_access_time;
  out.last_analyzed_time = target.last_analyzed_time;
  out.retention = target.retention;
  out.storage_descriptor = target.storage_descriptor;
  out.partition_keys = target.partition_keys;
  out.view_original_text = target.view_original_text;
  out.view_expanded_text = target.view_expanded_text;
  out.table_type = target.table_type;
  out.parameters = target.parameters;
  return out;
}

catalog::Database under_link(const catalog::Database& link, const catalog::Database& target) {
  auto out = link;
  out.location_uri = target.location_uri;
  out.parameters = target.parameters;
  out.create_table_default_permissions = target.create_table_default_permissions;
  return out;
}

}  // namespace weir::app
