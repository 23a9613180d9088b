// The places of one table's data besides its own location: partitions, and what is asked for inside of it. Another
// registration may govern them than the table's, in hybrid access mode where the table's is not, or the reverse.
//
// Invariant: what is allowed for a table and refused where part of it lies is refused for that part; nothing that the
// table's own place refuses is allowed by another place.
#pragma once
#include <optional>
#include <vector>

#include "app/catalog/governed_table.h"
#include "catalog/partitions.h"

namespace weir::app {

// Where the partition says it lies, else where its table does; nothing for a location that does not parse.
std::optional<names::S3Path> location_of(const catalog::Table& table, const catalog::Partition& partition);

// Hybrid access mode: who has not opted in is not served by Lake Formation, and needs no credentials from it.
std::optional<Refusal> own_data_gate(const permissions::Decision& decision);
// Whether that is so at the place, for who may see the table.
bool has_own_data_access(const Call& call, const GovernedTable& table, const names::S3Path& place);

// Opens when credentials for the place may be had by who was allowed the privileges on the table.
std::optional<Refusal> place_gate(const Call& call, const GovernedTable& table,
                                  const std::vector<permissions::Privilege>& privileges, const names::S3Path& place);

}  // namespace weir::app
