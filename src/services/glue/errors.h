// What goes wrong in the catalog, in Glue's codes; and the same inside an answer, for an item of a batch.
#pragma once
#include "services/service.h"
#include "wire/glue_types.h"

namespace weir::services {

WireError glue_error(const base::Error& error);
wire::glue::ErrorDetail error_detail(const base::Error& error);

// For members of requests that ask for what this server has not.
base::Error not_offered(std::string_view member);

}  // namespace weir::services
