#include "services/lakeformation/errors.h"

#include "services/shared_errors.h"

namespace weir::services {

WireError lakeformation_error(const base::Error& error) {
  using base::Kind;
  if (error.kind == Kind::throttled) return {"ThrottledException", 429};
  auto answer = catalog_error(error.kind);
  bool about_the_caller =
      error.kind == Kind::denied || error.kind == Kind::unauthenticated || error.kind == Kind::expired;
  if (about_the_caller) answer.status = 403;
  return answer;
}

}  // namespace weir::services
