// AWS Signature Version 4, both ends: proving a request's signature and making one.
//
// The order in which a server asks: parse_authorization, then its own "is this key known, is the token
// good", then verify (scope is checked first, by check_scope), then authorisation. Pure functions; no clock.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/secret.h"
#include "wire/sigv4/auth_fault.h"
#include "wire/sigv4/authorization.h"
#include "wire/sigv4/canonical.h"
#include "wire/sigv4/signing_key.h"

namespace weir::wire {

struct VerifyOptions {
  PathRule path = PathRule::normalised;
  base::Seconds skew{300};
  bool all_amz_headers_signed = false;    // false: but for date, token and content hash, which are bound anyway
  bool content_hash_required = false;     // header mode without x-amz-content-sha256 is refused
  bool unsigned_payload_allowed = false;  // UNSIGNED-PAYLOAD and the STREAMING forms

  static VerifyOptions for_s3();
  static VerifyOptions for_others() { return {}; }
};

// Is the credential meant for this service and one of these regions?
AuthStatus check_scope(const Authorization& claims, std::string_view service, std::span<const std::string> regions);

// Time, then signed headers, then the signature, then the body's hash.
//
// `body_sha256`: lower-case hex hash of the body. Without it the signature is proved over the announced
// hash, and the caller owes check_body once the body is in; a request that announces none is then refused.
AuthStatus verify(const Authorization& claims, const SignedRequestView& request, const SigningKey& key,
                  std::optional<std::string_view> body_sha256, base::Instant now, const VerifyOptions& options);

// Does the body have the hash that was announced? Always true of announcements that are not a hash.
AuthStatus check_body(const Authorization& claims, std::string_view body_sha256);

struct Credentials {
  std::string access_key_id;
  base::Secret secret;
  std::string session_token;  // empty for long-lived keys
};

// A request about to be sent; `Host` must be among its headers.
struct OutgoingRequest {
  std::string method;
  std::string target;  // as it will be on the wire
  std::vector<std::pair<std::string, std::string>> headers;
  SignedRequestView view() const { return {method, target, headers}; }
};

// Adds X-Amz-Date, X-Amz-Security-Token, for S3 X-Amz-Content-Sha256, and Authorization.
// `payload_hash`: hex hash of the body, or a keyword. Returns what was signed (a chunked body continues from it).
Authorization sign_request(OutgoingRequest& request, const Credentials& credentials, std::string_view region,
                           std::string_view service, std::string_view payload_hash, base::Instant now);

// The target with X-Amz-* parameters appended; signs the headers the request has.
std::string presign(const OutgoingRequest& request, const Credentials& credentials, std::string_view region,
                    std::string_view service, std::string_view payload_hash, int64_t expires_s, base::Instant now);

}  // namespace weir::wire
