#include "services/weir/errors.h"

#include "services/shared_errors.h"

namespace weir::services {

WireError weir_error(const base::Error& error) {
  if (error.kind == base::Kind::not_found) return {"EntityNotFoundException", 400};
  return json_error(error.kind, {"InvalidInputException", 400});
}

}  // namespace weir::services
