#include "catalog/limits.h"

#include <set>

#include "base/text.h"

namespace weir::catalog {
namespace {

constexpr size_t kNameMax = 255;
constexpr size_t kCommentMax = 255;
constexpr size_t kTypeMax = 131072;
constexpr size_t kUriMax = 1024;
constexpr size_t kLocationMax = 2056;
constexpr size_t kDescriptionMax = 2048;
constexpr size_t kParameterMax = 512000;
constexpr size_t kViewTextMax = 409600;
constexpr size_t kPartitionValueMax = 1024;
constexpr size_t kResourceUrisMax = 1000;

base::Status check_length(std::string_view text, size_t least, size_t most, std::string_view what) {
  if (!base::is_valid_utf8(text)) return base::invalid(std::string(what) + " is not valid UTF-8.");
  auto length = base::utf8_length(text);
  if (length >= least && length <= most) return {};
  return base::invalid(std::string(what) + " must have " + std::to_string(least) + " to " + std::to_string(most) +
                       " characters.");
}

base::Status check_optional(const std::optional<std::string>& text, size_t least, size_t most, std::string_view what) {
  return text ? check_length(*text, least, most, what) : base::Status();
}

base::Status check_parameters(const std::optional<Parameters>& parameters) {
  if (!parameters) return {};
  for (auto& [key, value] : *parameters) {
    WEIR_CHECK_OK(check_length(key, 1, kNameMax, "A parameter's key"));
    WEIR_CHECK_OK(check_length(value, 0, kParameterMax, "A parameter's value"));
  }
  return {};
}

base::Status check_columns(const std::vector<Column>& columns, std::set<std::string>& seen) {
  for (auto& column : columns) {
    WEIR_CHECK_OK(check_name(column.name, "A column's name"));
    WEIR_CHECK_OK(check_optional(column.type, 0, kTypeMax, "A column's type"));
    WEIR_CHECK_OK(check_optional(column.comment, 0, kCommentMax, "A column's comment"));
    WEIR_CHECK_OK(check_parameters(column.parameters));
    if (!seen.insert(base::to_lower(column.name)).second)
      return base::invalid("The column '" + column.name + "' is there twice.", "column");
  }
  return {};
}

base::Status check_storage(const std::optional<StorageDescriptor>& storage) {
  if (!storage) return {};
  WEIR_CHECK_OK(check_optional(storage->location, 0, kLocationMax, "Location"));
  if (storage->additional_locations)
    for (auto& location : *storage->additional_locations)
      WEIR_CHECK_OK(check_length(location, 0, kLocationMax, "An additional location"));
  if (storage->serde_info) WEIR_CHECK_OK(check_parameters(storage->serde_info->parameters));
  return check_parameters(storage->parameters);
}

// A resource link has a name, a place it points to, and nothing that is its target's (lakeformation.md 6.4).
base::Error bare_link(std::string_view member) {
  return base::invalid("A resource link has no " + std::string(member) + "; its target has.", "resource link");
}

base::Status check_target(const DatabaseIdentifier& target) {
  WEIR_CHECK_OK(check_optional(target.catalog_id, 1, kNameMax, "The CatalogId of a resource link's target"));
  WEIR_CHECK_OK(check_optional(target.region, 1, kNameMax, "The Region of a resource link's target"));
  return check_name(target.database_name.value_or(""), "The DatabaseName of a resource link's target");
}

base::Status check_link(const Database& link) {
  if (!link.target_database) return {};
  if (link.location_uri) return bare_link("LocationUri");
  if (link.create_table_default_permissions && !link.create_table_default_permissions->empty())
    return bare_link("CreateTableDefaultPermissions");
  return check_target(*link.target_database);
}

base::Status check_link(const Table& link) {
  if (!link.target_table) return {};
  if (link.storage_descriptor) return bare_link("StorageDescriptor");
  if (!partition_keys_of(link).empty()) return bare_link("PartitionKeys");
  if (link.view_original_text || link.view_expanded_text) return bare_link("view texts");
  const auto& to = *link.target_table;
  WEIR_CHECK_OK(check_target({to.catalog_id, to.database_name, to.region}));
  return check_name(to.name.value_or(""), "The Name of a resource link's target");
}

}  // namespace

base::Status check_name(std::string_view name, std::string_view what) {
  WEIR_CHECK_OK(check_length(name, 1, kNameMax, what));
  if (base::has_control_characters(name)) return base::invalid(std::string(what) + " must have no control characters.");
  return {};
}

base::Status check_database(const Database& database) {
  WEIR_CHECK_OK(check_name(database.name, "A database's name"));
  WEIR_CHECK_OK(check_optional(database.description, 0, kDescriptionMax, "Description"));
  WEIR_CHECK_OK(check_optional(database.location_uri, 1, kUriMax, "LocationUri"));
  WEIR_CHECK_OK(check_link(database));
  return check_parameters(database.parameters);
}

base::Status check_table(const Table& table) {
  WEIR_CHECK_OK(check_name(table.name, "A table's name"));
  WEIR_CHECK_OK(check_optional(table.description, 0, kDescriptionMax, "Description"));
  WEIR_CHECK_OK(check_optional(table.owner, 1, kNameMax, "Owner"));
  WEIR_CHECK_OK(check_optional(table.table_type, 0, kNameMax, "TableType"));
  WEIR_CHECK_OK(check_optional(table.view_original_text, 0, kViewTextMax, "ViewOriginalText"));
  WEIR_CHECK_OK(check_optional(table.view_expanded_text, 0, kViewTextMax, "ViewExpandedText"));
  WEIR_CHECK_OK(check_link(table));
  if (table.retention < 0) return base::invalid("Retention must not be negative.");
  WEIR_CHECK_OK(check_parameters(table.parameters));
  WEIR_CHECK_OK(check_storage(table.storage_descriptor));
  std::set<std::string> seen;
  WEIR_CHECK_OK(check_columns(columns_of(table), seen));
  return check_columns(partition_keys_of(table), seen);
}

base::Status check_partition_values(const std::vector<std::string>& values) {
  for (auto& value : values) WEIR_CHECK_OK(check_length(value, 1, kPartitionValueMax, "A partition value"));
  return {};
}

base::Status check_partition(const Partition& partition) {
  WEIR_CHECK_OK(check_partition_values(partition.values));
  WEIR_CHECK_OK(check_storage(partition.storage_descriptor));
  return check_parameters(partition.parameters);
}

base::Status check_function(const UserDefinedFunction& function) {
  WEIR_CHECK_OK(check_name(function.function_name, "A function's name"));
  WEIR_CHECK_OK(check_optional(function.class_name, 1, kNameMax, "ClassName"));
  WEIR_CHECK_OK(check_optional(function.owner_name, 1, kNameMax, "OwnerName"));
  if (function.resource_uris && function.resource_uris->size() > kResourceUrisMax)
    return base::invalid("ResourceUris must have at most 1000 entries.");
  return {};
}

}  // namespace weir::catalog
