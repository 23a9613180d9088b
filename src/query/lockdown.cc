#include "query/lockdown.h"

#include <set>

#include "duckdb/catalog/catalog.hpp"
#include "duckdb/catalog/catalog_entry/schema_catalog_entry.hpp"
#include "duckdb/catalog/catalog_entry/table_function_catalog_entry.hpp"
#include "duckdb/main/config.hpp"
#include "duckdb/optimizer/optimizer_extension.hpp"
#include "duckdb/parser/parsed_data/create_table_function_info.hpp"
#include "duckdb/parser/parsed_data/drop_info.hpp"
#include "duckdb/planner/operator/logical_get.hpp"
#include "duckdb/planner/operator/logical_sample.hpp"
#include "query/governed_scan.h"

namespace weir::query {
namespace {

using duckdb::CatalogType;

// Rows from arguments alone.
const std::set<std::string>& harmless_table_functions() {
  static const std::set<std::string> names = {"range", "generate_series", "unnest"};
  return names;
}

// Functions that tell of the process or of how data lies in memory, that turn text into queries, or that follow text as
// deep as it goes: JSON nested a million times overflows their stack.
const char* const kDroppedFunctions[] = {
    "current_setting",
    "getenv",
    "getvariable",
    "write_log",
    "stats",
    "vector_type",
    "txid_current",
    "current_query",
    "nextval",
    "currval",
    "json_serialize_sql",
    "json_serialize_plan",
    "json_deserialize_sql",
    "current_connection_id",
    "current_query_id",
    "current_transaction_id",
    "in_search_path",
    "current_schemas",
    "parse_duckdb_log_message",
    "sleep_ms",
    "current_database",
    "current_schema",
    "current_role",
    "current_user",
    "session_user",
    "user",
    "version",
    "pg_get_constraintdef",
    "pg_get_viewdef",
    "pg_get_expr",
    "pg_size_pretty",
    "get_block_size",
    "json_structure",
    "json_group_structure",
    "json_contains",
    "json_transform",
    "json_transform_strict",
    "from_json",
    "from_json_strict",
    "setseed",
};

void drop(duckdb::ClientContext& context, CatalogType type, const std::string& name) {
  duckdb::DropInfo info;
  info.type = type;
  info.catalog = SYSTEM_CATALOG;
  info.schema = DEFAULT_SCHEMA;
  info.name = name;
  info.allow_drop_internal = true;
  info.if_not_found = duckdb::OnEntryNotFound::RETURN_NULL;
  duckdb::Catalog::GetSystemCatalog(context).DropEntry(context, info);
}

std::vector<std::string> names_of(duckdb::ClientContext& context, CatalogType type) {
  std::vector<std::string> names;
  auto& schema = duckdb::Catalog::GetSystemCatalog(context).GetSchema(context, DEFAULT_SCHEMA);
  schema.Scan(context, type, [&](duckdb::CatalogEntry& entry) {
    if (entry.type == type) names.push_back(entry.name);
  });
  return names;
}

void drop_table_functions(duckdb::ClientContext& context) {
  for (auto& name : names_of(context, CatalogType::TABLE_FUNCTION_ENTRY))
    if (!harmless_table_functions().contains(name)) drop(context, CatalogType::TABLE_FUNCTION_ENTRY, name);
  for (auto type :
       {CatalogType::TABLE_MACRO_ENTRY, CatalogType::PRAGMA_FUNCTION_ENTRY, CatalogType::COPY_FUNCTION_ENTRY})
    for (auto& name : names_of(context, type)) drop(context, type, name);
}

void drop_scalar_functions(duckdb::ClientContext& context) {
  std::set<std::string> unwanted(std::begin(kDroppedFunctions), std::end(kDroppedFunctions));
  for (auto type : {CatalogType::SCALAR_FUNCTION_ENTRY, CatalogType::MACRO_ENTRY})
    for (auto& name : names_of(context, type))
      if (unwanted.contains(name)) drop(context, type, name);
}

duckdb::TableFunction reader(duckdb::ClientContext& context, const char* name) {
  auto& entry = duckdb::Catalog::GetSystemCatalog(context).GetEntry<duckdb::TableFunctionCatalogEntry>(
      context, DEFAULT_SCHEMA, name);
  return entry.functions.GetFunctionByArguments(context, {duckdb::LogicalType::VARCHAR});
}

void must(duckdb::Connection& connection, const std::string& sql) {
  auto result = connection.Query(sql);
  if (result->HasError()) result->ThrowError();
}

// Sampling by vector, or with a seed, would tell how many hidden rows lie between the visible ones.
void check_sample(duckdb::ClientContext& context, duckdb::SampleOptions& sample) {
  if (sample.method == duckdb::SampleMethod::SYSTEM_SAMPLE) sample.method = duckdb::SampleMethod::BERNOULLI_SAMPLE;
  if (sample.repeatable || sample.seed.IsValid())
    abort_run(run_of(context), base::fail(base::Kind::unsupported,
                                          "Samples with a seed are not allowed in governed queries.", "statement"));
}

void check_plan(duckdb::ClientContext& context, duckdb::LogicalOperator& plan) {
  if (plan.type == duckdb::LogicalOperatorType::LOGICAL_GET) {
    auto& function = plan.Cast<duckdb::LogicalGet>().function;
    bool known = is_governed_scan(function) || harmless_table_functions().contains(function.name);
    if (!known) throw duckdb::PermissionException("table function %s in a governed query", function.name);
  }
  if (plan.type == duckdb::LogicalOperatorType::LOGICAL_SAMPLE)
    check_sample(context, *plan.Cast<duckdb::LogicalSample>().sample_options);
  for (auto& child : plan.children) check_plan(context, *child);
}

void before_optimizing(duckdb::OptimizerExtensionInput& input, duckdb::unique_ptr<duckdb::LogicalOperator>& plan) {
  check_plan(input.context, *plan);
}

}  // namespace

ReaderFunctions take_readers(duckdb::Connection& connection) {
  ReaderFunctions readers;
  connection.BeginTransaction();
  readers.parquet = reader(*connection.context, "parquet_scan");
  readers.csv = reader(*connection.context, "read_csv");
  readers.json = reader(*connection.context, "read_json");
  connection.Commit();
  return readers;
}

void strip_catalog(duckdb::Connection& connection, duckdb::TableFunction governed_scan) {
  auto& context = *connection.context;
  connection.BeginTransaction();
  drop_table_functions(context);
  drop_scalar_functions(context);
  duckdb::CreateTableFunctionInfo info(std::move(governed_scan));
  info.internal = true;
  duckdb::Catalog::GetSystemCatalog(context).CreateFunction(context, info);
  connection.Commit();
}

void lock_settings(duckdb::Connection& connection, uint64_t memory_bytes_max) {
  must(connection, "SET memory_limit='" + std::to_string(memory_bytes_max) + " bytes'");
  for (auto statement :
       {"SET GLOBAL TimeZone='UTC'", "SET enable_external_file_cache=false", "SET allow_community_extensions=false",
        "SET allow_persistent_secrets=false", "SET allowed_directories=['lake://']", "SET temp_directory=''",
        "SET disabled_filesystems='LocalFileSystem'", "SET enable_external_access=false",
        "SET lock_configuration=true"})
    must(connection, statement);
}

void add_plan_check(duckdb::DBConfig& config) {
  duckdb::OptimizerExtension extension;
  extension.pre_optimize_function = before_optimizing;
  config.optimizer_extensions.push_back(extension);
}

}  // namespace weir::query
