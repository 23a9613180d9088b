#include "services/weir/errors.h"

#include "services/shared_errors.h"

namespace weir::services {

WireError weir_error(const base::Error& error) {
  if (error.kind == base::Kind::not_found) return {"EntityNotFoundException", 400};
  if (error.about == "sign-in" || error.about == "identity token") {
    bool refused = error.kind == base::Kind::unauthenticated || error.kind == base::Kind::expired;
    if (refused) return {"SignInRefusedException", 403};
  }
  bool of_approval =
      error.about == "approval" || error.about == "task" || error.about == "request" || error.about == "token";
  if (error.kind == base::Kind::conflict && (of_approval || error.about == "policy")) return {"ConflictException", 409};
  if (error.kind == base::Kind::expired && of_approval) return {"ApprovalExpiredException", 410};
  return json_error(error.kind, {"InvalidInputException", 400});
}

}  // namespace weir::services
