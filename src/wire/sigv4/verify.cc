#include "base/hash.h"
#include "base/text.h"
#include "wire/sigv4/sigv4.h"

namespace weir::wire {
namespace {

constexpr base::Seconds kPresignSkew{900};

AuthError skew_error(const Authorization& claims, base::Instant now, base::Seconds skew) {
  bool past = claims.signed_at < now;
  auto limit = base::to_amz_date(past ? now - skew : now + skew);
  auto minutes = std::to_string(skew.count() / 60) + " min.)";
  AuthError error{AuthFault::skewed, {}, {}};
  error.says = past ? "Signature expired: " + claims.amz_date + " is now earlier than " + limit + " (" +
                          base::to_amz_date(now) + " - " + minutes
                    : "Signature not yet current: " + claims.amz_date + " is still later than " + limit + " (" +
                          base::to_amz_date(now) + " + " + minutes;
  error.details = {{"RequestTime", claims.amz_date},
                   {"ServerTime", base::to_iso8601(now)},
                   {"MaxAllowedSkewMilliseconds", std::to_string(skew.count() * 1000)}};
  return error;
}

AuthStatus check_presigned_time(const Authorization& claims, base::Instant now) {
  auto end = claims.signed_at + base::Seconds(claims.expires_s);
  std::map<std::string, std::string> details = {{"X-Amz-Expires", std::to_string(claims.expires_s)},
                                                {"Expires", base::to_iso8601(end)},
                                                {"ServerTime", base::to_iso8601(now)}};
  if (now < claims.signed_at - kPresignSkew)
    return AuthError{AuthFault::not_yet_valid, "Request is not valid yet", std::move(details)};
  if (now > end) return AuthError{AuthFault::expired_presign, "Request has expired", std::move(details)};
  return Accepted{};
}

AuthStatus check_time(const Authorization& claims, base::Instant now, const VerifyOptions& options) {
  if (claims.mode == AuthMode::presigned) return check_presigned_time(claims, now);
  if (claims.signed_at < now - options.skew || claims.signed_at > now + options.skew)
    return skew_error(claims, now, options.skew);
  return Accepted{};
}

// Part of what is signed even when their header is not: the string to sign has the date and the hash, and the token
// holds the secret.
bool is_bound_otherwise(std::string_view lower_name) {
  return lower_name == "x-amz-date" || lower_name == "x-amz-content-sha256" || lower_name == "x-amz-security-token";
}

// An x-amz-target that anybody may exchange would name another operation.
AuthStatus check_amz_headers(const Authorization& claims, const SignedRequestView& request, bool all) {
  std::string unsigned_names;
  for (const auto& [name, value] : request.headers) {
    if (name.empty() || (name[0] | 0x20) != 'x' || !base::starts_with_ignoring_case(name, "x-amz-")) continue;
    auto lower = base::to_lower(name);
    if (is_signed_header(claims.signed_headers, lower) || (!all && is_bound_otherwise(lower))) continue;
    if (!unsigned_names.empty()) unsigned_names += ", ";
    unsigned_names += lower;
  }
  if (unsigned_names.empty()) return Accepted{};
  return AuthError{AuthFault::unsigned_headers,
                   "There were headers present in the request which were not signed",
                   {{"HeadersNotSigned", unsigned_names}}};
}

AuthError content_hash_error(std::string says) { return {AuthFault::bad_content_hash, std::move(says), {}}; }

// The sixth line of the canonical request.
AuthResult<std::string_view> payload_line(const Authorization& claims, std::optional<std::string_view> body_sha256,
                                          const VerifyOptions& options) {
  if (claims.payload == Payload::hash) return std::string_view(claims.payload_hash);
  if (claims.payload != Payload::unannounced) {
    if (!options.unsigned_payload_allowed)
      return content_hash_error("this service requires the SHA-256 of the body in x-amz-content-sha256");
    return std::string_view(claims.payload_hash);
  }
  if (claims.mode == AuthMode::presigned && options.unsigned_payload_allowed)
    return payload_keyword(Payload::unsigned_payload);
  if (options.content_hash_required)
    return content_hash_error("Missing required header for this request: x-amz-content-sha256");
  if (!body_sha256) return content_hash_error("the body must be read before its signature can be proved");
  return *body_sha256;
}

std::string spaced_hex(std::string_view bytes) {
  auto digits = base::hex(bytes);
  std::string out;
  out.reserve(digits.size() * 3 / 2);
  for (size_t i = 0; i < digits.size(); i += 2) {
    if (i) out += ' ';
    out.append(digits, i, 2);
  }
  return out;
}

// Shows what we signed, as S3 does; never the signature we expected.
AuthError signature_error(const Authorization& claims, const std::string& canonical, const std::string& to_sign) {
  return {AuthFault::bad_signature,
          "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access "
          "Key and signing method. Consult the service documentation for details.",
          {{"AWSAccessKeyId", claims.access_key_id},
           {"StringToSign", to_sign},
           {"StringToSignBytes", spaced_hex(to_sign)},
           {"SignatureProvided", claims.signature},
           {"CanonicalRequest", canonical},
           {"CanonicalRequestBytes", spaced_hex(canonical)}}};
}

AuthStatus check_signature(const Authorization& claims, const SignedRequestView& request, const SigningKey& key,
                           std::string_view payload, PathRule rule) {
  thread_local std::string canonical, to_sign;
  canonical.clear();
  to_sign.clear();
  bool complete = append_canonical_request(canonical, request, claims, payload, rule);
  append_string_to_sign(to_sign, claims, canonical);
  if (!complete || !base::same_bytes(sign_text(key, to_sign), claims.signature))
    return signature_error(claims, canonical, to_sign);
  return Accepted{};
}

}  // namespace

VerifyOptions VerifyOptions::for_s3() {
  return {.path = PathRule::s3,
          .skew = base::Seconds(900),
          .all_amz_headers_signed = true,
          .content_hash_required = true,
          .unsigned_payload_allowed = true};
}

AuthStatus check_scope(const Authorization& claims, std::string_view service, std::span<const std::string> regions) {
  if (claims.mode == AuthMode::anonymous) return AuthError{AuthFault::missing, "Missing Authentication Token", {}};
  if (claims.scope.service != service)
    return AuthError{AuthFault::wrong_service,
                     "Credential should be scoped to correct service: '" + std::string(service) + "'.",
                     {}};
  for (const auto& region : regions)
    if (claims.scope.region == region) return Accepted{};
  AuthError error{AuthFault::wrong_region, "Credential should be scoped to a valid region.", {}};
  if (!regions.empty())
    error.details = {{"Region", regions.front()},
                     {"Message", "The authorization header is malformed; the region '" + claims.scope.region +
                                     "' is wrong; expecting '" + regions.front() + "'"}};
  return error;
}

AuthStatus check_body(const Authorization& claims, std::string_view body_sha256) {
  if (claims.payload != Payload::hash || base::same_bytes(claims.payload_hash, body_sha256)) return Accepted{};
  return AuthError{
      AuthFault::content_mismatch,
      "The provided 'x-amz-content-sha256' header does not match what was computed.",
      {{"ClientComputedContentSHA256", claims.payload_hash}, {"S3ComputedContentSHA256", std::string(body_sha256)}}};
}

AuthStatus verify(const Authorization& claims, const SignedRequestView& request, const SigningKey& key,
                  std::optional<std::string_view> body_sha256, base::Instant now, const VerifyOptions& options) {
  if (claims.mode == AuthMode::anonymous) return AuthError{AuthFault::missing, "Missing Authentication Token", {}};
  if (auto time = check_time(claims, now, options); !time.ok()) return time;
  if (auto headers = check_amz_headers(claims, request, options.all_amz_headers_signed); !headers.ok()) return headers;
  auto payload = payload_line(claims, body_sha256, options);
  if (!payload.ok()) return payload.error();
  if (auto signature = check_signature(claims, request, key, *payload, options.path); !signature.ok()) return signature;
  return body_sha256 ? check_body(claims, *body_sha256) : AuthStatus(Accepted{});
}

}  // namespace weir::wire
