// What went wrong, as a value with two faces.
//
// `says` may reach the caller of a protocol; `log` never does. `about` names the noun the error
// concerns ("bucket", "policy", "table"), so that a service can tell NoSuchBucket from NoSuchKey in
// its one switch from Kind to AWS code.
#pragma once
#include <string>
#include <string_view>

namespace weir::base {

// Closed on purpose: every service maps every kind in one exhaustive switch without `default`.
enum class Kind {
  invalid,              // the request is malformed or breaks a documented rule
  not_found,            // the thing named does not exist (or may not be known to exist)
  already_exists,       // a thing of that name is there
  denied,               // authenticated, but not allowed
  unauthenticated,      // no credentials, or credentials that do not hold
  expired,              // credentials, token or request out of their time
  conflict,             // the state of the thing forbids it (not empty, attached, ambiguous)
  concurrent,           // lost a race; trying again may help
  precondition_failed,  // an If-Match, VersionId or hash condition did not hold
  limit_exceeded,       // a quota or size limit
  type_mismatch,        // the engine cannot enforce what the policy needs (PermissionTypeMismatch)
  malformed_policy,     // a policy document that does not parse or breaks the grammar
  unsupported,          // understood, and not offered
  throttled,            // too many at once
  unavailable,          // a part we need cannot be reached or proved current
  internal,             // our fault; the caller learns nothing but the request id
};

std::string_view to_string(Kind kind);

// Made, moved and ended in error.cc: every WEIR_TRY holds one, and would compile all of it again.
struct [[nodiscard]] Error {
  Error();
  Error(Kind kind, std::string says, std::string log, std::string about, std::string decision_id);
  Error(const Error& other);
  Error(Error&& other) noexcept;
  Error& operator=(const Error& other);
  Error& operator=(Error&& other) noexcept;
  ~Error();

  Kind kind = Kind::internal;
  std::string says;         // for the caller
  std::string log;          // for the operator only
  std::string about;        // the noun concerned
  std::string decision_id;  // set on denials: what `weir explain --decision` accepts
};

// Named constructors, so that call sites read as the fault.
Error invalid(std::string says, std::string about = {});
Error not_found(std::string says, std::string about = {});
Error already_exists(std::string says, std::string about = {});
Error denied(std::string says, std::string about = {});
Error conflict(std::string says, std::string about = {});
Error internal(std::string log);
Error fail(Kind kind, std::string says, std::string about = {});

}  // namespace weir::base
