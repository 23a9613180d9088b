#include "app/resource_tags.h"

#include <algorithm>

#include "base/text.h"

namespace weir::app {
namespace {

base::Result<Tags> tags_at(store::Transaction& tx, const permissions::TagPlace& place) {
  WEIR_TRY(auto assigned, permissions::assigned_at(tx, place));
  Tags out;
  for (const auto& one : assigned) out.emplace(one.key, one.value);
  return out;
}

const Tags* find(const std::vector<ColumnTags>& columns, std::string_view name) {
  for (const auto& column : columns)
    if (column.name == name) return &column.tags;
  return nullptr;
}

}  // namespace

Tags overlaid(Tags under, const Tags& over) {
  for (const auto& [key, value] : over) under[key] = value;
  return under;
}

bool matches(const permissions::TagExpression& expression, const Tags& tags) {
  auto holds = [&](const permissions::TagTerm& term) {
    auto found = tags.find(term.key);
    return found != tags.end() && std::binary_search(term.values.begin(), term.values.end(), found->second);
  };
  return !expression.empty() && std::all_of(expression.terms().begin(), expression.terms().end(), holds);
}

base::Result<ResourceTags> assigned_tags(store::Transaction& tx, const permissions::Resource& database) {
  ResourceTags out;
  WEIR_TRY(out.database, tags_at(tx, {database.catalog, database.database, "", ""}));
  return out;
}

base::Result<ResourceTags> assigned_tags(store::Transaction& tx, const catalog::Table& table) {
  permissions::TagPlace place{table.catalog_id, table.database_name, "", ""};
  ResourceTags out;
  WEIR_TRY(out.database, tags_at(tx, place));
  place.table = table.name;
  WEIR_TRY(out.table, tags_at(tx, place));
  for (const auto& column : catalog::schema_of(table)) {
    place.column = base::to_lower(column.name);
    WEIR_TRY(auto tags, tags_at(tx, place));
    if (!tags.empty()) out.columns.push_back({column.name, std::move(tags)});
  }
  return out;
}

ResourceTags effective(ResourceTags assigned, const catalog::Table& table) {
  ResourceTags out;
  out.table = overlaid(assigned.database, assigned.table);
  out.database = std::move(assigned.database);
  for (const auto& column : catalog::schema_of(table)) {
    const auto* own = find(assigned.columns, column.name);
    auto tags = own ? overlaid(out.table, *own) : out.table;
    if (!tags.empty()) out.columns.push_back({column.name, std::move(tags)});
  }
  return out;
}

}  // namespace weir::app
