// Data cells filters.
#pragma once
#include "app/call.h"
#include "wire/lakeformation_operations.h"

namespace weir::services {

base::Result<wire::lakeformation::CreateDataCellsFilterResponse> create_data_cells_filter(
    app::Call& call, const wire::lakeformation::CreateDataCellsFilterRequest& in);
base::Result<wire::lakeformation::GetDataCellsFilterResponse> get_data_cells_filter(
    app::Call& call, const wire::lakeformation::GetDataCellsFilterRequest& in);
base::Result<wire::lakeformation::UpdateDataCellsFilterResponse> update_data_cells_filter(
    app::Call& call, const wire::lakeformation::UpdateDataCellsFilterRequest& in);
base::Result<wire::lakeformation::DeleteDataCellsFilterResponse> delete_data_cells_filter(
    app::Call& call, const wire::lakeformation::DeleteDataCellsFilterRequest& in);
base::Result<wire::lakeformation::ListDataCellsFilterResponse> list_data_cells_filter(
    app::Call& call, const wire::lakeformation::ListDataCellsFilterRequest& in);

}  // namespace weir::services
