// Why a request's credentials do not hold, in enough detail that each protocol can answer as AWS does.
//
// A fault is a name, not a wire code: the query, JSON and S3 protocols answer the same fault with
// different codes, statuses and texts, and each of them maps every fault in one exhaustive switch.
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "base/check.h"

namespace weir::wire {

enum class AuthFault {
  missing,                // no credentials where the operation needs some
  malformed_header,       // the Authorization header or a date header does not parse
  malformed_query,        // the presigned parameters do not parse
  sigv2,                  // the retired AWS scheme
  sigv4a,                 // the multi-region scheme, which is not offered
  both_modes,             // header and query credentials in one request
  unsupported_algorithm,  // some other Authorization scheme or X-Amz-Algorithm
  unknown_key,            // raised by whoever looks keys up: no such key, or it is inactive
  bad_token,              // raised by whoever opens tokens
  expired_token,          // raised by whoever opens tokens
  wrong_date,             // the scope's day is not the request's day
  wrong_region,
  wrong_service,
  skewed,  // header mode: outside the allowed clock skew
  expired_presign,
  not_yet_valid,     // presigned for a time that has not come
  unsigned_headers,  // S3: an x-amz-* header is outside SignedHeaders
  bad_content_hash,  // x-amz-content-sha256 is absent, unknown, or not allowed here
  bad_signature,
  content_mismatch,  // the body's hash is not the one that was signed
};

std::string_view to_string(AuthFault fault);

struct [[nodiscard]] AuthError {
  AuthFault fault = AuthFault::missing;
  std::string says;  // may reach the caller
  // Elements S3 shows beside the message (StringToSign, HeadersNotSigned, ServerTime, ...).
  std::map<std::string, std::string> details;
};

// A value or an AuthError.
template <class T>
class [[nodiscard]] AuthResult {
 public:
  AuthResult(T value) : state_(std::in_place_index<0>, std::move(value)) {}  // NOLINT(google-explicit-constructor)
  AuthResult(AuthError error)
      : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT(google-explicit-constructor)
  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }
  T& value() { return CHECK_TRUE(ok(), "value() of a failed AuthResult"), std::get<0>(state_); }
  const T& value() const { return CHECK_TRUE(ok(), "value() of a failed AuthResult"), std::get<0>(state_); }
  T& operator*() { return value(); }
  const T& operator*() const { return value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }
  const AuthError& error() const { return std::get<1>(state_); }
  AuthFault fault() const { return error().fault; }

 private:
  std::variant<T, AuthError> state_;
};

struct Accepted {};
using AuthStatus = AuthResult<Accepted>;

}  // namespace weir::wire
