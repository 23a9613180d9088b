// An opt-in: for this principal, Lake Formation is enforced on this resource though its location is in hybrid
// access mode (lakeformation.md 2.8). The record the store keeps.
#pragma once
#include <string>

#include "base/record.h"
#include "permissions/resource.h"

namespace weir::permissions {

struct OptIn {
  std::string principal;  // Principal::text()
  Resource resource;      // catalog, database, table or all_tables
  std::string condition;  // empty: none
  base::Instant last_updated;
  std::string last_updated_by;
};
WEIR_RECORD(OptIn, FIELD("Principal", &OptIn::principal), FIELD("Resource", &OptIn::resource),
            FIELD("Condition", &OptIn::condition), FIELD("LastUpdated", &OptIn::last_updated),
            FIELD("LastUpdatedBy", &OptIn::last_updated_by))

}  // namespace weir::permissions
