#include "wire/sigv4/auth_fault.h"

namespace weir::wire {

std::string_view to_string(AuthFault fault) {
  switch (fault) {
    case AuthFault::missing: return "missing";
    case AuthFault::malformed_header: return "malformed_header";
    case AuthFault::malformed_query: return "malformed_query";
    case AuthFault::sigv2: return "sigv2";
    case AuthFault::sigv4a: return "sigv4a";
    case AuthFault::both_modes: return "both_modes";
    case AuthFault::unsupported_algorithm: return "unsupported_algorithm";
    case AuthFault::unknown_key: return "unknown_key";
    case AuthFault::bad_token: return "bad_token";
    case AuthFault::expired_token: return "expired_token";
    case AuthFault::wrong_date: return "wrong_date";
    case AuthFault::wrong_region: return "wrong_region";
    case AuthFault::wrong_service: return "wrong_service";
    case AuthFault::skewed: return "skewed";
    case AuthFault::expired_presign: return "expired_presign";
    case AuthFault::not_yet_valid: return "not_yet_valid";
    case AuthFault::unsigned_headers: return "unsigned_headers";
    case AuthFault::bad_content_hash: return "bad_content_hash";
    case AuthFault::bad_signature: return "bad_signature";
    case AuthFault::content_mismatch: return "content_mismatch";
  }
  return "unknown";
}

}  // namespace weir::wire
