#include "services/lakeformation/filter_operations.h"

#include "app/permissions/data_filters.h"
#include "services/lakeformation/convert.h"
#include "services/lakeformation/page_size.h"

namespace weir::services {

using namespace wire::lakeformation;
namespace {

base::Result<permissions::Resource> filter_of(const app::Call& call, const std::optional<std::string>& catalog,
                                              const std::optional<std::string>& database,
                                              const std::optional<std::string>& table,
                                              const std::optional<std::string>& name) {
  return permissions::Resource::of_filter(call.catalog_or_own(catalog), database.value_or(""), table.value_or(""),
                                          name.value_or(""));
}

}  // namespace

base::Result<CreateDataCellsFilterResponse> create_data_cells_filter(app::Call& call,
                                                                     const CreateDataCellsFilterRequest& in) {
  WEIR_TRY(auto input, from_wire(*in.TableData, call.caller().account()));
  WEIR_CHECK_OK(app::create_filter(call, input));
  return CreateDataCellsFilterResponse{};
}

base::Result<GetDataCellsFilterResponse> get_data_cells_filter(app::Call& call, const GetDataCellsFilterRequest& in) {
  WEIR_TRY(auto filter, filter_of(call, in.TableCatalogId, in.DatabaseName, in.TableName, in.Name));
  WEIR_TRY(auto found, app::get_filter(call, filter));
  return GetDataCellsFilterResponse{.DataCellsFilter = to_wire(found)};
}

base::Result<UpdateDataCellsFilterResponse> update_data_cells_filter(app::Call& call,
                                                                     const UpdateDataCellsFilterRequest& in) {
  WEIR_TRY(auto input, from_wire(*in.TableData, call.caller().account()));
  WEIR_CHECK_OK(app::update_filter(call, input, in.TableData->VersionId));
  return UpdateDataCellsFilterResponse{};
}

base::Result<DeleteDataCellsFilterResponse> delete_data_cells_filter(app::Call& call,
                                                                     const DeleteDataCellsFilterRequest& in) {
  WEIR_TRY(auto filter, filter_of(call, in.TableCatalogId, in.DatabaseName, in.TableName, in.Name));
  WEIR_CHECK_OK(app::delete_filter(call, filter));
  return DeleteDataCellsFilterResponse{};
}

base::Result<ListDataCellsFilterResponse> list_data_cells_filter(app::Call& call,
                                                                 const ListDataCellsFilterRequest& in) {
  std::optional<permissions::Resource> table;
  auto catalog = call.caller().account();
  if (in.Table) {
    catalog = call.catalog_or_own(in.Table->CatalogId);
    WEIR_TRY(table, permissions::Resource::of_table(catalog, in.Table->DatabaseName.value_or(""),
                                                    in.Table->Name.value_or("")));
  }
  WEIR_TRY(auto page, app::list_filters(call, catalog, table, in.NextToken.value_or(""), page_size(in.MaxResults)));
  ListDataCellsFilterResponse out;
  out.DataCellsFilters.give();
  for (const auto& filter : page.items) out.DataCellsFilters.push_back(to_wire(filter));
  if (!page.next.empty()) out.NextToken = page.next;
  return out;
}

}  // namespace weir::services
