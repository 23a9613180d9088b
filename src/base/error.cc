#include "base/error.h"

namespace weir::base {

std::string_view to_string(Kind kind) {
  switch (kind) {
    case Kind::invalid: return "invalid";
    case Kind::not_found: return "not_found";
    case Kind::already_exists: return "already_exists";
    case Kind::denied: return "denied";
    case Kind::unauthenticated: return "unauthenticated";
    case Kind::expired: return "expired";
    case Kind::conflict: return "conflict";
    case Kind::concurrent: return "concurrent";
    case Kind::precondition_failed: return "precondition_failed";
    case Kind::limit_exceeded: return "limit_exceeded";
    case Kind::type_mismatch: return "type_mismatch";
    case Kind::malformed_policy: return "malformed_policy";
    case Kind::unsupported: return "unsupported";
    case Kind::throttled: return "throttled";
    case Kind::unavailable: return "unavailable";
    case Kind::internal: return "internal";
  }
  return "internal";
}

Error::Error() = default;
Error::Error(Kind kind, std::string says, std::string log, std::string about, std::string decision_id)
    : kind(kind),
      says(std::move(says)),
      log(std::move(log)),
      about(std::move(about)),
      decision_id(std::move(decision_id)) {}
Error::Error(const Error& other) = default;
Error::Error(Error&& other) noexcept = default;
Error& Error::operator=(const Error& other) = default;
Error& Error::operator=(Error&& other) noexcept = default;
Error::~Error() = default;

Error fail(Kind kind, std::string says, std::string about) {
  return Error{kind, std::move(says), {}, std::move(about), {}};
}
Error invalid(std::string says, std::string about) { return fail(Kind::invalid, std::move(says), std::move(about)); }
Error not_found(std::string says, std::string about) {
  return fail(Kind::not_found, std::move(says), std::move(about));
}
Error already_exists(std::string says, std::string about) {
  return fail(Kind::already_exists, std::move(says), std::move(about));
}
Error denied(std::string says, std::string about) { return fail(Kind::denied, std::move(says), std::move(about)); }
Error conflict(std::string says, std::string about) { return fail(Kind::conflict, std::move(says), std::move(about)); }
Error internal(std::string log) {
  return Error{Kind::internal, "We encountered an internal error. Please try again.", std::move(log), {}, {}};
}

}  // namespace weir::base
