// Lake Formation's settings, locations and filters on the wire and in the permissions floor, both ways.
#pragma once
#include "app/call.h"
#include "permissions/data_cells_filter.h"
#include "permissions/location.h"
#include "permissions/settings.h"
#include "wire/lakeformation_types.h"

namespace weir::services {

base::Result<permissions::DataLakeSettings> from_wire(const wire::lakeformation::DataLakeSettings& in);
wire::lakeformation::DataLakeSettings to_wire(const permissions::DataLakeSettings& settings);

wire::lakeformation::ResourceInfo to_wire(const permissions::Location& location);

base::Result<permissions::FilterInput> from_wire(const wire::lakeformation::DataCellsFilter& in,
                                                 const std::string& own);
wire::lakeformation::DataCellsFilter to_wire(const permissions::DataCellsFilter& filter);

}  // namespace weir::services
