// Glue's structs and the catalog's, member by member. Absent stays absent, both ways.
#pragma once
#include "app/catalog/tables.h"
#include "catalog/table.h"
#include "wire/glue_types.h"

namespace weir::services {

namespace glue = wire::glue;

catalog::Database from_wire(std::string catalog, const glue::DatabaseInput& in);
catalog::Table from_wire(std::string catalog, std::string database, const glue::TableInput& in);
catalog::Partition from_wire(const glue::PartitionInput& in);
catalog::PartitionIndex from_wire(const glue::PartitionIndex& in);

glue::Database to_wire(const catalog::Database& from);
glue::Table to_wire(const catalog::Table& from, bool registered);
glue::Partition to_wire(const catalog::Partition& from);

// Pages, as requests ask for them.
catalog::PageRequest page_of(const std::optional<std::string>& token, const std::optional<int32_t>& most,
                             size_t otherwise);

}  // namespace weir::services
