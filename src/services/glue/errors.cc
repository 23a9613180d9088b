#include "services/glue/errors.h"

#include "services/shared_errors.h"

namespace weir::services {

WireError glue_error(const base::Error& error) { return catalog_error(error.kind); }

wire::glue::ErrorDetail error_detail(const base::Error& error) {
  return {.ErrorCode = std::string(glue_error(error).code), .ErrorMessage = error.says};
}

base::Error not_offered(std::string_view member) {
  return base::fail(base::Kind::unsupported, std::string(member) + " is not offered by this server.", "input");
}

}  // namespace weir::services
