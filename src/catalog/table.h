// What the catalog keeps: databases, tables, partitions, functions, statistics. The JSON of a record
// spells its members as Glue does, so that a stored value reads like an answer of the API.
//
// Optional where Glue tells "absent" from "empty" (a Database's CreateTableDefaultPermissions: [] means
// "no defaults", absent means "the catalog's"). Rare structures that Weir only hands through (federation,
// view definitions, Iceberg metadata) stay Json.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/record.h"
#include "catalog/predicate.h"

namespace weir::catalog {

using base::Instant;
using Parameters = std::map<std::string, std::string>;

struct DataLakePrincipal {
  std::optional<std::string> identifier;
};
WEIR_RECORD(DataLakePrincipal, FIELD("DataLakePrincipalIdentifier", &DataLakePrincipal::identifier))

struct PrincipalPermissions {
  std::optional<DataLakePrincipal> principal;
  std::optional<std::vector<std::string>> permissions;
};
WEIR_RECORD(PrincipalPermissions, FIELD("Principal", &PrincipalPermissions::principal),
            FIELD("Permissions", &PrincipalPermissions::permissions))

// Where a resource link points.
struct DatabaseIdentifier {
  std::optional<std::string> catalog_id;
  std::optional<std::string> database_name;
  std::optional<std::string> region;
};
WEIR_RECORD(DatabaseIdentifier, FIELD("CatalogId", &DatabaseIdentifier::catalog_id),
            FIELD("DatabaseName", &DatabaseIdentifier::database_name), FIELD("Region", &DatabaseIdentifier::region))

struct Database {
  std::string catalog_id;
  std::string name;
  std::optional<std::string> description;
  std::optional<std::string> location_uri;
  std::optional<Parameters> parameters;
  std::optional<Instant> create_time;
  std::optional<std::vector<PrincipalPermissions>> create_table_default_permissions;
  std::optional<DatabaseIdentifier> target_database;
  std::optional<base::Json> federated_database;
};
WEIR_RECORD(Database, FIELD("CatalogId", &Database::catalog_id), FIELD("Name", &Database::name),
            FIELD("Description", &Database::description), FIELD("LocationUri", &Database::location_uri),
            FIELD("Parameters", &Database::parameters), FIELD("CreateTime", &Database::create_time),
            FIELD("CreateTableDefaultPermissions", &Database::create_table_default_permissions),
            FIELD("TargetDatabase", &Database::target_database),
            FIELD("FederatedDatabase", &Database::federated_database))

struct Column {
  std::string name;
  std::optional<std::string> type;
  std::optional<std::string> comment;
  std::optional<Parameters> parameters;
};
WEIR_RECORD(Column, FIELD("Name", &Column::name), FIELD("Type", &Column::type), FIELD("Comment", &Column::comment),
            FIELD("Parameters", &Column::parameters))

struct SerDe {
  std::optional<std::string> name;
  std::optional<std::string> serialization_library;
  std::optional<Parameters> parameters;
};
WEIR_RECORD(SerDe, FIELD("Name", &SerDe::name), FIELD("SerializationLibrary", &SerDe::serialization_library),
            FIELD("Parameters", &SerDe::parameters))

struct SortColumn {
  std::string column;
  int sort_order = 0;
};
WEIR_RECORD(SortColumn, FIELD("Column", &SortColumn::column), FIELD("SortOrder", &SortColumn::sort_order))

struct SkewedInfo {
  std::optional<std::vector<std::string>> column_names;
  std::optional<std::vector<std::string>> column_values;
  std::optional<Parameters> value_location_maps;
};
WEIR_RECORD(SkewedInfo, FIELD("SkewedColumnNames", &SkewedInfo::column_names),
            FIELD("SkewedColumnValues", &SkewedInfo::column_values),
            FIELD("SkewedColumnValueLocationMaps", &SkewedInfo::value_location_maps))

struct SchemaId {
  std::optional<std::string> schema_arn;
  std::optional<std::string> schema_name;
  std::optional<std::string> registry_name;
};
WEIR_RECORD(SchemaId, FIELD("SchemaArn", &SchemaId::schema_arn), FIELD("SchemaName", &SchemaId::schema_name),
            FIELD("RegistryName", &SchemaId::registry_name))

struct SchemaReference {
  std::optional<SchemaId> schema_id;
  std::optional<std::string> schema_version_id;
  std::optional<int64_t> schema_version_number;
};
WEIR_RECORD(SchemaReference, FIELD("SchemaId", &SchemaReference::schema_id),
            FIELD("SchemaVersionId", &SchemaReference::schema_version_id),
            FIELD("SchemaVersionNumber", &SchemaReference::schema_version_number))

struct StorageDescriptor {
  std::optional<std::vector<Column>> columns;
  std::optional<std::string> location;
  std::optional<std::vector<std::string>> additional_locations;
  std::optional<std::string> input_format;
  std::optional<std::string> output_format;
  bool compressed = false;
  int number_of_buckets = 0;
  std::optional<SerDe> serde_info;
  std::optional<std::vector<std::string>> bucket_columns;
  std::optional<std::vector<SortColumn>> sort_columns;
  std::optional<Parameters> parameters;
  std::optional<SkewedInfo> skewed_info;
  bool stored_as_sub_directories = false;
  std::optional<SchemaReference> schema_reference;
};
WEIR_RECORD(
    StorageDescriptor, FIELD("Columns", &StorageDescriptor::columns), FIELD("Location", &StorageDescriptor::location),
    FIELD("AdditionalLocations", &StorageDescriptor::additional_locations),
    FIELD("InputFormat", &StorageDescriptor::input_format), FIELD("OutputFormat", &StorageDescriptor::output_format),
    FIELD("Compressed", &StorageDescriptor::compressed),
    FIELD("NumberOfBuckets", &StorageDescriptor::number_of_buckets), FIELD("SerdeInfo", &StorageDescriptor::serde_info),
    FIELD("BucketColumns", &StorageDescriptor::bucket_columns), FIELD("SortColumns", &StorageDescriptor::sort_columns),
    FIELD("Parameters", &StorageDescriptor::parameters), FIELD("SkewedInfo", &StorageDescriptor::skewed_info),
    FIELD("StoredAsSubDirectories", &StorageDescriptor::stored_as_sub_directories),
    FIELD("SchemaReference", &StorageDescriptor::schema_reference))

struct TableIdentifier {
  std::optional<std::string> catalog_id;
  std::optional<std::string> database_name;
  std::optional<std::string> name;
  std::optional<std::string> region;
};
WEIR_RECORD(TableIdentifier, FIELD("CatalogId", &TableIdentifier::catalog_id),
            FIELD("DatabaseName", &TableIdentifier::database_name), FIELD("Name", &TableIdentifier::name),
            FIELD("Region", &TableIdentifier::region))

struct Table {
  std::string catalog_id;
  std::string database_name;
  std::string name;
  std::optional<std::string> description;
  std::optional<std::string> owner;
  std::optional<Instant> create_time;
  std::optional<Instant> update_time;
  std::optional<Instant> last_access_time;
  std::optional<Instant> last_analyzed_time;
  int retention = 0;
  std::optional<StorageDescriptor> storage_descriptor;
  std::optional<std::vector<Column>> partition_keys;
  std::optional<std::string> view_original_text;
  std::optional<std::string> view_expanded_text;
  std::optional<std::string> table_type;
  std::optional<Parameters> parameters;
  std::optional<std::string> created_by;
  std::optional<TableIdentifier> target_table;
  std::optional<base::Json> federated_table;
  std::optional<base::Json> view_definition;
  std::optional<bool> is_multi_dialect_view;
  std::optional<bool> is_materialized_view;
  std::optional<base::Json> iceberg_metadata;
  std::optional<base::Json> status;
  std::string version_id;  // "0", "1", ...

  // Weir's own. What belongs to the table is kept under its serial, so a table made again under the
  // same name starts empty; the layout is the types its partitions' keys were built with.
  std::string serial;
  std::vector<std::string> partition_layout;
};
WEIR_RECORD(Table, FIELD("CatalogId", &Table::catalog_id), FIELD("DatabaseName", &Table::database_name),
            FIELD("Name", &Table::name), FIELD("Description", &Table::description), FIELD("Owner", &Table::owner),
            FIELD("CreateTime", &Table::create_time), FIELD("UpdateTime", &Table::update_time),
            FIELD("LastAccessTime", &Table::last_access_time), FIELD("LastAnalyzedTime", &Table::last_analyzed_time),
            FIELD("Retention", &Table::retention), FIELD("StorageDescriptor", &Table::storage_descriptor),
            FIELD("PartitionKeys", &Table::partition_keys), FIELD("ViewOriginalText", &Table::view_original_text),
            FIELD("ViewExpandedText", &Table::view_expanded_text), FIELD("TableType", &Table::table_type),
            FIELD("Parameters", &Table::parameters), FIELD("CreatedBy", &Table::created_by),
            FIELD("TargetTable", &Table::target_table), FIELD("FederatedTable", &Table::federated_table),
            FIELD("ViewDefinition", &Table::view_definition),
            FIELD("IsMultiDialectView", &Table::is_multi_dialect_view),
            FIELD("IsMaterializedView", &Table::is_materialized_view),
            FIELD("IcebergTableMetadata", &Table::iceberg_metadata), FIELD("Status", &Table::status),
            FIELD("VersionId", &Table::version_id), FIELD("weir:Serial", &Table::serial),
            FIELD("weir:PartitionLayout", &Table::partition_layout))

struct TableVersion {
  Table table;
  std::string version_id;
};

struct Partition {
  std::string catalog_id;
  std::string database_name;
  std::string table_name;
  std::vector<std::string> values;
  std::optional<Instant> creation_time;
  std::optional<Instant> last_access_time;
  std::optional<Instant> last_analyzed_time;
  std::optional<StorageDescriptor> storage_descriptor;
  std::optional<Parameters> parameters;
};
WEIR_RECORD(Partition, FIELD("CatalogId", &Partition::catalog_id), FIELD("DatabaseName", &Partition::database_name),
            FIELD("TableName", &Partition::table_name), FIELD("Values", &Partition::values),
            FIELD("CreationTime", &Partition::creation_time), FIELD("LastAccessTime", &Partition::last_access_time),
            FIELD("LastAnalyzedTime", &Partition::last_analyzed_time),
            FIELD("StorageDescriptor", &Partition::storage_descriptor), FIELD("Parameters", &Partition::parameters))

struct PartitionIndex {
  std::string index_name;
  std::vector<std::string> keys;
  std::string status = "ACTIVE";  // CREATING ACTIVE DELETING FAILED
};
WEIR_RECORD(PartitionIndex, FIELD("IndexName", &PartitionIndex::index_name), FIELD("Keys", &PartitionIndex::keys),
            FIELD("IndexStatus", &PartitionIndex::status))

struct ResourceUri {
  std::optional<std::string> resource_type;
  std::optional<std::string> uri;
  std::optional<Instant> last_modified;
};
WEIR_RECORD(ResourceUri, FIELD("ResourceType", &ResourceUri::resource_type), FIELD("Uri", &ResourceUri::uri),
            FIELD("LastModified", &ResourceUri::last_modified))

struct UserDefinedFunction {
  std::string catalog_id;
  std::string database_name;
  std::string function_name;
  std::optional<std::string> class_name;
  std::optional<std::string> owner_name;
  std::optional<std::string> function_type;
  std::optional<std::string> owner_type;
  std::optional<Instant> create_time;
  std::optional<std::vector<ResourceUri>> resource_uris;
  std::optional<std::string> artifact_location;
  std::optional<std::string> governance_mode;
};
WEIR_RECORD(UserDefinedFunction, FIELD("CatalogId", &UserDefinedFunction::catalog_id),
            FIELD("DatabaseName", &UserDefinedFunction::database_name),
            FIELD("FunctionName", &UserDefinedFunction::function_name),
            FIELD("ClassName", &UserDefinedFunction::class_name), FIELD("OwnerName", &UserDefinedFunction::owner_name),
            FIELD("FunctionType", &UserDefinedFunction::function_type),
            FIELD("OwnerType", &UserDefinedFunction::owner_type),
            FIELD("CreateTime", &UserDefinedFunction::create_time),
            FIELD("ResourceUris", &UserDefinedFunction::resource_uris),
            FIELD("ArtifactLocation", &UserDefinedFunction::artifact_location),
            FIELD("GovernanceMode", &UserDefinedFunction::governance_mode))

struct ColumnStatistics {
  std::string column_name;
  std::string column_type;
  std::optional<Instant> analyzed_time;
  base::Json data;  // Glue's ColumnStatisticsData: {"Type": ..., "<type>ColumnStatisticsData": {...}}
};
WEIR_RECORD(ColumnStatistics, FIELD("ColumnName", &ColumnStatistics::column_name),
            FIELD("ColumnType", &ColumnStatistics::column_type),
            FIELD("AnalyzedTime", &ColumnStatistics::analyzed_time), FIELD("StatisticsData", &ColumnStatistics::data))

// Empty when absent.
const std::vector<Column>& columns_of(const Table& table);
const std::vector<Column>& partition_keys_of(const Table& table);
// Columns, then partition keys, in the table's order.
std::vector<SchemaColumn> schema_of(const Table& table);
const std::string* parameter(const Table& table, std::string_view name);

}  // namespace weir::catalog
