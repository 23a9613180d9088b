// Lake Formation's wire shapes and the values of the permissions floor, both ways.
#pragma once
#include "app/call.h"
#include "permissions/data_cells_filter.h"
#include "permissions/grant.h"
#include "permissions/location.h"
#include "permissions/settings.h"
#include "wire/lakeformation_types.h"

namespace weir::services {

// Exactly one member must be given. `own` is the caller's account, the default of every CatalogId.
base::Result<permissions::Resource> from_wire(const wire::lakeformation::Resource& in, const std::string& own);
wire::lakeformation::Resource to_wire(const permissions::Resource& resource);

// A grant as ListPermissions shows it: SELECT on a table comes as a row of its own, on all columns.
std::vector<wire::lakeformation::PrincipalResourcePermissions> to_wire(const permissions::Grant& grant);

base::Result<permissions::DataLakeSettings> from_wire(const wire::lakeformation::DataLakeSettings& in);
wire::lakeformation::DataLakeSettings to_wire(const permissions::DataLakeSettings& settings);

wire::lakeformation::ResourceInfo to_wire(const permissions::Location& location);

base::Result<permissions::FilterInput> from_wire(const wire::lakeformation::DataCellsFilter& in,
                                                 const std::string& own);
wire::lakeformation::DataCellsFilter to_wire(const permissions::DataCellsFilter& filter);

}  // namespace weir::services
