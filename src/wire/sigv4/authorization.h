// What a request claims about its sender: the Authorization header or the presigned query, parsed.
//
// Nothing here is proved yet; see sigv4.h for that. Rules:
//  1. Exactly one mode: header, presigned, or anonymous. Two modes at once are refused.
//  2. Whatever is repeated, unknown or out of form is refused; nothing is guessed.
//  3. The result owns its text, so it may outlive the request.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "base/clock.h"
#include "wire/sigv4/auth_fault.h"

namespace weir::wire {

// A request as SigV4 sees it. The target is the raw one from the wire.
struct SignedRequestView {
  std::string_view method;
  std::string_view target;
  std::span<const std::pair<std::string, std::string>> headers;
};

enum class AuthMode { anonymous, header, presigned };

// What x-amz-content-sha256 announces about the body.
enum class Payload {
  unannounced,               // not said: the hash of the body, or for presigned S3 unsigned
  hash,                      // 64 hex digits in `payload_hash`
  unsigned_payload,          // UNSIGNED-PAYLOAD
  chunked_signed,            // STREAMING-AWS4-HMAC-SHA256-PAYLOAD
  chunked_signed_trailer,    // STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER
  chunked_unsigned_trailer,  // STREAMING-UNSIGNED-PAYLOAD-TRAILER
};

struct CredentialScope {
  std::string date;  // yyyymmdd
  std::string region;
  std::string service;
  std::string text() const;  // date/region/service/aws4_request
};

struct Authorization {
  AuthMode mode = AuthMode::anonymous;
  std::string access_key_id;
  CredentialScope scope;
  std::string signed_headers;  // sorted, lower case, joined by ';'; includes host
  std::string signature;       // 64 lower-case hex digits
  base::Instant signed_at;
  std::string amz_date;   // signed_at in basic ISO form
  int64_t expires_s = 0;  // presigned only
  std::string session_token;
  Payload payload = Payload::unannounced;
  std::string payload_hash;  // the announcement's literal text
};

// An anonymous request parses too: whether that will do is for the operation to say.
AuthResult<Authorization> parse_authorization(const SignedRequestView& request);

bool is_signed_header(std::string_view signed_headers, std::string_view lower_name);

// The name of one payload kind as on the wire; empty for unannounced and hash.
std::string_view payload_keyword(Payload payload);

}  // namespace weir::wire
