#include "app/catalog/shown_columns.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace weir::app {
namespace {

// avro.schema.literal, spark.sql.sources.schema.part.0, columns.types, hbase.columns.mapping, iceberg's
// current-schema, serialization.ddl, the OpenX reader's mapping.NAME and the crawlers' paths.
constexpr std::array<std::string_view, 7> kTelling{"schema", "column",       "mapping", "ddl",
                                                   "paths",  "input.format", "fields"};

void limit_parameters(std::optional<catalog::Parameters>& parameters) {
  if (parameters) std::erase_if(*parameters, [](const auto& entry) { return may_tell_schema(entry.first); });
}

void limit_names(std::optional<std::vector<std::string>>& names, const ShownColumns& shown) {
  if (names) std::erase_if(*names, [&](const auto& name) { return !shown.shows(name); });
}

void limit_columns(std::optional<std::vector<catalog::Column>>& columns, const ShownColumns& shown) {
  if (columns) std::erase_if(*columns, [&](auto& column) { return !shown.limit(column); });
}

}  // namespace

bool may_tell_schema(std::string_view property) {
  auto lower = base::to_lower(property);
  return std::any_of(kTelling.begin(), kTelling.end(),
                     [&](auto word) { return lower.find(word) != std::string::npos; });
}

const permissions::VisibleColumn* ShownColumns::find(std::string_view column) const {
  for (const auto& visible : decision_.view.columns)
    if (base::equal_ignoring_case(visible.name, column)) return &visible;
  return nullptr;
}

bool ShownColumns::is_described(std::string_view column) const {
  return decision_.described.contains(base::to_lower(column));
}

bool ShownColumns::shows(std::string_view column) const {
  return everything() || find(column) != nullptr || is_described(column);
}

bool ShownColumns::shows_all_data_of(std::string_view column) const {
  const auto* visible = find(column);
  return visible && !visible->fields && decision_.view.all_rows && visible->visible_when &&
         catalog::is_always(visible->visible_when);
}

std::shared_ptr<const catalog::Table> ShownColumns::of(std::shared_ptr<const catalog::Table> table) const {
  if (everything()) return table;
  auto limited = std::make_shared<catalog::Table>(*table);
  limit(*limited);
  return limited;
}

void ShownColumns::limit(catalog::Table& table) const {
  if (everything()) return;
  if (table.storage_descriptor) limit(*table.storage_descriptor);
  limit_columns(table.partition_keys, *this);
  limit_parameters(table.parameters);
  table.view_original_text.reset();
  table.view_expanded_text.reset();
  table.view_definition.reset();
  table.iceberg_metadata.reset();
  table.status.reset();
}

bool ShownColumns::limit(catalog::Column& column) const {
  if (everything() || is_described(column.name)) return true;
  const auto* visible = find(column.name);
  if (!visible) return false;
  if (!visible->fields) return true;
  auto type = permissions::narrowed_type(column.type.value_or(""), *visible);
  if (type) column.type = std::move(*type);
  return type.has_value();
}

void ShownColumns::limit(catalog::StorageDescriptor& storage) const {
  if (everything()) return;
  limit_columns(storage.columns, *this);
  limit_names(storage.bucket_columns, *this);
  if (storage.sort_columns) std::erase_if(*storage.sort_columns, [&](const auto& sort) { return !shows(sort.column); });
  limit_parameters(storage.parameters);
  if (storage.serde_info) limit_parameters(storage.serde_info->parameters);
  storage.skewed_info.reset();
  storage.schema_reference.reset();
}

}  // namespace weir::app
