#include "app/catalog/tables.h"

#include <algorithm>

#include "services/glue/convert.h"
#include "services/glue/errors.h"
#include "services/glue/operations.h"

namespace weir::services::glue_operations {
namespace {

using namespace wire::glue;

constexpr size_t kTablesAtOnce = 100;

template <class In>
names::TableName name_of(const app::Call& call, const In& in) {
  return app::table_name(call.catalog_or_own(in.CatalogId), in.DatabaseName.value_or(""), in.Name.value_or(""));
}

base::Status check_input(const std::optional<TableInput>& input) {
  if (!input) return base::invalid("TableInput is required.", "table");
  if (input->FederatedTable) return not_offered("FederatedTable");
  if (input->ViewDefinition) return not_offered("ViewDefinition");
  return {};
}

// Transactions and the past belong to governed tables, which are no more.
template <class In>
base::Status check_no_time_travel(const In& in) {
  if (in.TransactionId) return not_offered("TransactionId");
  if (in.QueryAsOfTime) return not_offered("QueryAsOfTime");
  return {};
}

// Everything, unless only the name or the type was asked for.
glue::Table reduced(const app::ShownTable& shown, const wire::List<std::string>& attributes) {
  auto wants = [&](std::string_view one) {
    return std::find(attributes.begin(), attributes.end(), one) != attributes.end();
  };
  if (attributes.empty() || wants("DEFAULT")) return to_wire(*shown.table, shown.registered);
  glue::Table out;
  out.Name = shown.table->name;
  out.DatabaseName = shown.table->database_name;
  if (wants("TABLE_TYPE")) out.TableType = shown.table->table_type;
  return out;
}

}  // namespace

base::Result<CreateTableResponse> create_table(app::Call& call, const CreateTableRequest& in) {
  if (in.OpenTableFormatInput) return not_offered("OpenTableFormatInput");
  if (in.TransactionId) return not_offered("TransactionId");
  WEIR_CHECK_OK(check_input(in.TableInput));
  std::vector<catalog::PartitionIndex> indexes;
  for (const auto& index : in.PartitionIndexes) indexes.push_back(from_wire(index));
  auto table = from_wire(call.catalog_or_own(in.CatalogId), in.DatabaseName.value_or(""), *in.TableInput);
  WEIR_CHECK_OK(app::create_table(call, std::move(table), indexes));
  return CreateTableResponse{};
}

base::Result<GetTableResponse> get_table(app::Call& call, const GetTableRequest& in) {
  WEIR_CHECK_OK(check_no_time_travel(in));
  WEIR_TRY(auto shown, app::get_table(call, name_of(call, in)));
  return GetTableResponse{reduced(shown, in.AttributesToGet)};
}

base::Result<GetTablesResponse> get_tables(app::Call& call, const GetTablesRequest& in) {
  WEIR_CHECK_OK(check_no_time_travel(in));
  auto database = app::database_name(call.catalog_or_own(in.CatalogId), in.DatabaseName.value_or(""));
  auto page = page_of(in.NextToken, in.MaxResults, kTablesAtOnce);
  WEIR_TRY(auto found, app::get_tables(call, database, in.Expression.value_or(""), page));
  GetTablesResponse out;
  out.TableList.give();
  for (const auto& table : found.tables) out.TableList.push_back(reduced(table, in.AttributesToGet));
  out.NextToken = std::move(found.next_token);
  return out;
}

base::Result<UpdateTableResponse> update_table(app::Call& call, const UpdateTableRequest& in) {
  if (in.UpdateOpenTableFormatInput) return not_offered("UpdateOpenTableFormatInput");
  if (in.ViewUpdateAction) return not_offered("ViewUpdateAction");
  if (in.TransactionId) return not_offered("TransactionId");
  WEIR_CHECK_OK(check_input(in.TableInput));
  auto name = app::table_name(call.catalog_or_own(in.CatalogId), in.DatabaseName.value_or(""),
                              in.TableInput->Name.value_or(""));
  auto table = from_wire(name.catalog, name.database, *in.TableInput);
  WEIR_CHECK_OK(app::update_table(call, name, std::move(table), {in.SkipArchive.value_or(false), in.VersionId}));
  return UpdateTableResponse{};
}

base::Result<DeleteTableResponse> delete_table(app::Call& call, const DeleteTableRequest& in) {
  if (in.TransactionId) return not_offered("TransactionId");
  WEIR_CHECK_OK(app::delete_table(call, "glue:DeleteTable", name_of(call, in)));
  return DeleteTableResponse{};
}

base::Result<BatchDeleteTableResponse> batch_delete_table(app::Call& call, const BatchDeleteTableRequest& in) {
  if (in.TransactionId) return not_offered("TransactionId");
  BatchDeleteTableResponse out;
  out.Errors.give();
  for (const auto& table : in.TablesToDelete) {
    auto name = app::table_name(call.catalog_or_own(in.CatalogId), in.DatabaseName.value_or(""), table);
    auto status = app::delete_table(call, "glue:BatchDeleteTable", name);
    if (!status.ok()) out.Errors.push_back({table, error_detail(status.error())});
  }
  return out;
}

}  // namespace weir::services::glue_operations
