#include <algorithm>

#include "base/text.h"
#include "wire/sigv4/sigv4.h"

namespace weir::wire {
namespace {

// Headers that proxies and HTTP libraries add, change or drop.
bool is_never_signed(std::string_view lower_name) {
  static constexpr std::string_view kNames[] = {
      "authorization", "connection",        "expect",  "keep-alive", "proxy-authenticate", "proxy-authorization", "te",
      "trailer",       "transfer-encoding", "upgrade", "user-agent", "x-amzn-trace-id"};
  return std::find(std::begin(kNames), std::end(kNames), lower_name) != std::end(kNames);
}

std::string headers_to_sign(const OutgoingRequest& request) {
  std::vector<std::string> names;
  for (const auto& [name, value] : request.headers)
    if (auto lower = base::to_lower(name); !is_never_signed(lower)) names.push_back(std::move(lower));
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return base::join(names, ";");
}

void set_header(OutgoingRequest& request, std::string_view name, std::string_view value) {
  std::erase_if(request.headers, [&](const auto& header) { return base::equal_ignoring_case(header.first, name); });
  request.headers.emplace_back(name, value);
}

Authorization claims_of(const Credentials& credentials, std::string_view region, std::string_view service,
                        base::Instant now) {
  Authorization claims;
  claims.access_key_id = credentials.access_key_id;
  claims.session_token = credentials.session_token;
  claims.signed_at = std::chrono::floor<base::Seconds>(now);
  claims.amz_date = base::to_amz_date(now);
  claims.scope = {claims.amz_date.substr(0, 8), std::string(region), std::string(service)};
  return claims;
}

std::string signature_of(const Authorization& claims, const SignedRequestView& view, const Credentials& credentials,
                         std::string_view payload_hash) {
  std::string canonical, to_sign;
  append_canonical_request(canonical, view, claims, payload_hash, path_rule_of(claims.scope.service));
  append_string_to_sign(to_sign, claims, canonical);
  return sign_text(derive_signing_key(credentials.secret, claims.scope), to_sign);
}

std::string presigned_query(const Authorization& claims) {
  std::string query = "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=";
  query += base::uri_encode(claims.access_key_id + "/" + claims.scope.text());
  query += "&X-Amz-Date=" + claims.amz_date;
  query += "&X-Amz-Expires=" + std::to_string(claims.expires_s);
  query += "&X-Amz-SignedHeaders=" + base::uri_encode(claims.signed_headers);
  if (!claims.session_token.empty()) query += "&X-Amz-Security-Token=" + base::uri_encode(claims.session_token);
  return query;
}

}  // namespace

Authorization sign_request(OutgoingRequest& request, const Credentials& credentials, std::string_view region,
                           std::string_view service, std::string_view payload_hash, base::Instant now) {
  auto claims = claims_of(credentials, region, service, now);
  claims.mode = AuthMode::header;
  set_header(request, "X-Amz-Date", claims.amz_date);
  if (!claims.session_token.empty()) set_header(request, "X-Amz-Security-Token", claims.session_token);
  if (path_rule_of(service) == PathRule::s3) set_header(request, "X-Amz-Content-Sha256", payload_hash);
  claims.signed_headers = headers_to_sign(request);
  claims.payload_hash = payload_hash;
  claims.signature = signature_of(claims, request.view(), credentials, payload_hash);
  set_header(request, "Authorization",
             "AWS4-HMAC-SHA256 Credential=" + claims.access_key_id + "/" + claims.scope.text() +
                 ", SignedHeaders=" + claims.signed_headers + ", Signature=" + claims.signature);
  return claims;
}

std::string presign(const OutgoingRequest& request, const Credentials& credentials, std::string_view region,
                    std::string_view service, std::string_view payload_hash, int64_t expires_s, base::Instant now) {
  auto claims = claims_of(credentials, region, service, now);
  claims.mode = AuthMode::presigned;
  claims.expires_s = expires_s;
  claims.signed_headers = headers_to_sign(request);
  auto target = request.target + (request.target.find('?') == std::string::npos ? "?" : "&") + presigned_query(claims);
  auto signature = signature_of(claims, {request.method, target, request.headers}, credentials, payload_hash);
  return target + "&X-Amz-Signature=" + signature;
}

}  // namespace weir::wire
