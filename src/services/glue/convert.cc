#include "services/glue/convert.h"

#include "services/glue/convert_storage.h"

namespace weir::services {
namespace {

std::optional<std::vector<catalog::PrincipalPermissions>> from_wire(
    const wire::List<glue::PrincipalPermissions>& list) {
  if (!list.given()) return std::nullopt;
  std::vector<catalog::PrincipalPermissions> out;
  for (const auto& in : list) {
    catalog::PrincipalPermissions entry;
    if (in.Principal) entry.principal = catalog::DataLakePrincipal{in.Principal->DataLakePrincipalIdentifier};
    entry.permissions = taken(in.Permissions);
    out.push_back(std::move(entry));
  }
  return out;
}

glue::PrincipalPermissions to_wire(const catalog::PrincipalPermissions& from) {
  glue::PrincipalPermissions out;
  if (from.principal) out.Principal = glue::DataLakePrincipal{from.principal->identifier};
  if (from.permissions) out.Permissions = *from.permissions;
  return out;
}

}  // namespace

catalog::Database from_wire(std::string catalog, const glue::DatabaseInput& in) {
  catalog::Database out;
  out.catalog_id = std::move(catalog);
  out.name = in.Name.value_or("");
  out.description = in.Description;
  out.location_uri = in.LocationUri;
  out.parameters = taken(in.Parameters);
  out.create_table_default_permissions = from_wire(in.CreateTableDefaultPermissions);
  if (in.TargetDatabase)
    out.target_database = {in.TargetDatabase->CatalogId, in.TargetDatabase->DatabaseName, in.TargetDatabase->Region};
  return out;
}

glue::Database to_wire(const catalog::Database& from) {
  glue::Database out;
  out.Name = from.name;
  out.Description = from.description;
  out.LocationUri = from.location_uri;
  if (from.parameters) out.Parameters = *from.parameters;
  out.CreateTime = from.create_time;
  out.CreateTableDefaultPermissions.give();
  if (from.create_table_default_permissions)
    for (const auto& entry : *from.create_table_default_permissions)
      out.CreateTableDefaultPermissions.push_back(to_wire(entry));
  if (from.target_database)
    out.TargetDatabase = glue::DatabaseIdentifier{from.target_database->catalog_id, from.target_database->database_name,
                                                  from.target_database->region};
  out.CatalogId = from.catalog_id;
  return out;
}

catalog::Table from_wire(std::string catalog, std::string database, const glue::TableInput& in) {
  catalog::Table out;
  out.catalog_id = std::move(catalog);
  out.database_name = std::move(database);
  out.name = in.Name.value_or("");
  out.description = in.Description;
  out.owner = in.Owner;
  out.last_access_time = in.LastAccessTime;
  out.last_analyzed_time = in.LastAnalyzedTime;
  out.retention = in.Retention.value_or(0);
  out.storage_descriptor = from_wire(in.StorageDescriptor);
  out.partition_keys = from_wire(in.PartitionKeys);
  out.view_original_text = in.ViewOriginalText;
  out.view_expanded_text = in.ViewExpandedText;
  out.table_type = in.TableType;
  out.parameters = taken(in.Parameters);
  if (in.TargetTable)
    out.target_table = {in.TargetTable->CatalogId, in.TargetTable->DatabaseName, in.TargetTable->Name,
                        in.TargetTable->Region};
  return out;
}

glue::Table to_wire(const catalog::Table& from, bool registered) {
  glue::Table out;
  out.Name = from.name;
  out.DatabaseName = from.database_name;
  out.Description = from.description;
  out.Owner = from.owner;
  out.CreateTime = from.create_time;
  out.UpdateTime = from.update_time;
  out.LastAccessTime = from.last_access_time;
  out.LastAnalyzedTime = from.last_analyzed_time;
  out.Retention = from.retention;
  out.StorageDescriptor = to_wire(from.storage_descriptor);
  out.PartitionKeys = to_wire(from.partition_keys);
  out.ViewOriginalText = from.view_original_text;
  out.ViewExpandedText = from.view_expanded_text;
  out.TableType = from.table_type;
  if (from.parameters) out.Parameters = *from.parameters;
  out.CreatedBy = from.created_by;
  out.IsRegisteredWithLakeFormation = registered;
  if (from.target_table)
    out.TargetTable = glue::TableIdentifier{from.target_table->catalog_id, from.target_table->database_name,
                                            from.target_table->name, from.target_table->region};
  out.CatalogId = from.catalog_id;
  out.VersionId = from.version_id;
  out.IsMultiDialectView = from.is_multi_dialect_view.value_or(false);
  return out;
}

catalog::Partition from_wire(const glue::PartitionInput& in) {
  catalog::Partition out;
  out.values = in.Values.items();
  out.last_access_time = in.LastAccessTime;
  out.last_analyzed_time = in.LastAnalyzedTime;
  out.storage_descriptor = from_wire(in.StorageDescriptor);
  out.parameters = taken(in.Parameters);
  return out;
}

glue::Partition to_wire(const catalog::Partition& from) {
  glue::Partition out;
  out.Values = from.values;
  out.DatabaseName = from.database_name;
  out.TableName = from.table_name;
  out.CreationTime = from.creation_time;
  out.LastAccessTime = from.last_access_time;
  out.StorageDescriptor = to_wire(from.storage_descriptor);
  if (from.parameters) out.Parameters = *from.parameters;
  out.LastAnalyzedTime = from.last_analyzed_time;
  out.CatalogId = from.catalog_id;
  return out;
}

catalog::PartitionIndex from_wire(const glue::PartitionIndex& in) {
  return {in.IndexName.value_or(""), in.Keys.items()};
}

catalog::PageRequest page_of(const std::optional<std::string>& token, const std::optional<int32_t>& most,
                             size_t otherwise) {
  return {token.value_or(""), most ? static_cast<size_t>(*most) : otherwise};
}

}  // namespace weir::services
