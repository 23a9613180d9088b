#include "wire/sigv4/authorization.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "base/text.h"

namespace weir::wire {
namespace {

constexpr std::string_view kAlgorithm = "AWS4-HMAC-SHA256";
constexpr std::string_view kAsymmetric = "AWS4-ECDSA-P256-SHA256";
constexpr int64_t kExpiresMax = 7 * 24 * 3600;
constexpr int64_t kExpiresDefault = 15 * 60;

bool all_of(std::string_view text, auto accepts) { return std::all_of(text.begin(), text.end(), accepts); }
// Values rather than functions, so that all_of is compiled for each.
constexpr auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
constexpr auto is_lower_hex = [](char c) { return is_digit(c) || (c >= 'a' && c <= 'f'); };
constexpr auto is_key_character = [](char c) {
  return is_digit(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' || c == '-' || c == '.';
};
constexpr auto is_header_character = [](char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || c == '-' ||
         std::string_view("!#$%&'*+.^_`|~").find(c) != std::string_view::npos;
};
bool is_sha256_hex(std::string_view text) { return text.size() == 64 && all_of(text, is_lower_hex); }

AuthError header_error(std::string says) { return {AuthFault::malformed_header, std::move(says), {}}; }
AuthError query_error(std::string says) { return {AuthFault::malformed_query, std::move(says), {}}; }

// The value of a header that may appear once. Sets `repeated` when it appears again.
std::optional<std::string_view> only_header(const SignedRequestView& request, std::string_view name, bool& repeated) {
  std::optional<std::string_view> found;
  for (const auto& [key, value] : request.headers) {
    if (!base::equal_ignoring_case(key, name)) continue;
    if (found) repeated = true;
    found = base::trim(value);
  }
  return found;
}

// The presigned parameters, decoded. Names are exact: a parameter spelled in another case is not one of them.
struct Presigned {
  std::optional<std::string> algorithm, credential, date, expires, signed_headers, signature, token, content_hash;
  bool sigv2_key = false, sigv2_signature = false;
  std::string repeated;  // the name of a parameter given twice

  bool present() const { return algorithm || credential || signature; }
  std::optional<std::string>* slot(std::string_view name) {
    if (name == "X-Amz-Algorithm") return &algorithm;
    if (name == "X-Amz-Credential") return &credential;
    if (name == "X-Amz-Date") return &date;
    if (name == "X-Amz-Expires") return &expires;
    if (name == "X-Amz-SignedHeaders") return &signed_headers;
    if (name == "X-Amz-Signature") return &signature;
    if (name == "X-Amz-Security-Token") return &token;
    if (name == "X-Amz-Content-Sha256") return &content_hash;
    return nullptr;
  }
  void take(std::string_view name, std::string_view value) {
    if (name == "AWSAccessKeyId") sigv2_key = true;
    if (name == "Signature") sigv2_signature = true;
    auto* into = slot(name);
    if (!into) return;
    if (*into) repeated = name;
    *into = base::uri_decode(value, true);
  }
};

Presigned presigned_parameters(std::string_view target) {
  Presigned found;
  auto mark = target.find('?');
  if (mark == std::string_view::npos) return found;
  std::string_view rest = target.substr(mark + 1);
  while (!rest.empty()) {
    auto pair = rest.substr(0, rest.find('&'));
    rest.remove_prefix(std::min(rest.size(), pair.size() + 1));
    auto equals = pair.find('=');
    auto name = pair.substr(0, equals);
    auto value = equals == std::string_view::npos ? std::string_view() : pair.substr(equals + 1);
    if (name.find('%') == std::string_view::npos) {
      found.take(name, value);
    } else {
      found.take(base::uri_decode(name, true), value);
    }
  }
  return found;
}

// "<key id>/<date>/<region>/<service>/aws4_request"; empty text when it is right, else what is wrong.
std::string parse_credential(std::string_view credential, Authorization& into) {
  auto parts = base::split(credential, '/');
  if (parts.size() != 5)
    return "a Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term";
  if (parts[0].empty() || parts[0].size() > 128 || !all_of(parts[0], is_key_character))
    return "the Credential does not begin with an access key ID";
  if (parts[1].size() != 8 || !all_of(parts[1], is_digit)) return "the Credential's date is not of the form yyyymmdd";
  if (parts[2].empty() || !all_of(parts[2], is_key_character)) return "the Credential names no region";
  if (parts[3].empty() || !all_of(parts[3], is_key_character)) return "the Credential names no service";
  if (parts[4] != "aws4_request") return "the Credential should be scoped with a valid terminator: 'aws4_request'";
  into.access_key_id = parts[0];
  into.scope = {std::string(parts[1]), std::string(parts[2]), std::string(parts[3])};
  return {};
}

std::string parse_signed_headers(std::string_view list, Authorization& into) {
  std::string_view previous, rest = list;
  bool host = false;
  for (bool more = true; more;) {
    auto end = rest.find(';');
    more = end != std::string_view::npos;
    auto name = rest.substr(0, end);
    if (name.empty() || !all_of(name, is_header_character))
      return "SignedHeaders must be lower-case header names joined by ';'";
    if (name <= previous) return "SignedHeaders must be sorted, each name once";
    host = host || name == "host";
    previous = name;
    rest.remove_prefix(more ? end + 1 : rest.size());
  }
  if (!host) return "'host' must be among the SignedHeaders";
  into.signed_headers = list;
  return {};
}

std::string parse_signature(std::string_view signature, Authorization& into) {
  if (!is_sha256_hex(signature)) return "the Signature must be 64 lower-case hexadecimal digits";
  into.signature = signature;
  return {};
}

struct HeaderParameters {
  std::optional<std::string_view> credential, signed_headers, signature;
};

// "Credential=..., SignedHeaders=..., Signature=..." in any order; empty text when it is right.
std::string split_parameters(std::string_view list, HeaderParameters& into) {
  for (auto piece : base::split(list, ',')) {
    piece = base::trim(piece);
    auto equals = piece.find('=');
    auto name = piece.substr(0, equals);
    auto* slot = name == "Credential"      ? &into.credential
                 : name == "SignedHeaders" ? &into.signed_headers
                 : name == "Signature"     ? &into.signature
                                           : nullptr;
    if (!slot || equals == std::string_view::npos) return "the Authorization header has a parameter that is not known";
    if (*slot) return "the Authorization header has a parameter twice";
    *slot = piece.substr(equals + 1);
  }
  std::string lacks;
  if (!into.credential) lacks += "Authorization header requires 'Credential' parameter. ";
  if (!into.signature) lacks += "Authorization header requires 'Signature' parameter. ";
  if (!into.signed_headers) lacks += "Authorization header requires 'SignedHeaders' parameter. ";
  return std::string(base::trim(lacks));
}

// X-Amz-Date first, then Date in either form.
std::string take_date(const SignedRequestView& request, Authorization& into) {
  bool repeated = false;
  auto text = only_header(request, "x-amz-date", repeated);
  bool amz = text.has_value();
  if (!amz) text = only_header(request, "date", repeated);
  if (repeated) return "the request carries its date twice";
  if (!text) return "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.";
  auto at = base::parse_amz_date(*text);
  if (!at.ok() && !amz) at = base::parse_http_date(*text);
  if (!at.ok()) return "Date must be in ISO-8601 'basic format', e.g. 20260803T101500Z";
  into.signed_at = *at;
  into.amz_date = amz ? std::string(*text) : base::to_amz_date(*at);
  return {};
}

AuthResult<Accepted> take_payload(std::string_view announced, Authorization& into) {
  static constexpr Payload kKeywords[] = {Payload::unsigned_payload, Payload::chunked_signed,
                                          Payload::chunked_signed_trailer, Payload::chunked_unsigned_trailer};
  into.payload_hash = announced;
  if (is_sha256_hex(announced)) {
    into.payload = Payload::hash;
    return Accepted{};
  }
  for (auto keyword : kKeywords) {
    if (payload_keyword(keyword) != announced) continue;
    into.payload = keyword;
    return Accepted{};
  }
  if (announced.starts_with("STREAMING-AWS4-ECDSA-P256-SHA256"))
    return AuthError{AuthFault::sigv4a, "AWS4-ECDSA-P256-SHA256 is not supported; use AWS4-HMAC-SHA256", {}};
  return AuthError{
      AuthFault::bad_content_hash,
      "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD, "
      "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER, STREAMING-UNSIGNED-PAYLOAD-TRAILER, or a valid sha256 value.",
      {}};
}

AuthResult<Accepted> payload_from_header(const SignedRequestView& request, Authorization& into) {
  bool repeated = false;
  auto announced = only_header(request, "x-amz-content-sha256", repeated);
  if (repeated) return AuthError{AuthFault::bad_content_hash, "x-amz-content-sha256 is given twice", {}};
  if (!announced) return Accepted{};
  return take_payload(*announced, into);
}

std::string date_mismatch(const Authorization& from) {
  return "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '" +
         from.scope.date + "' != '" + from.amz_date.substr(0, 8) + "', from '" + from.amz_date + "'.";
}

AuthResult<Authorization> finish(Authorization parsed) {
  if (parsed.mode != AuthMode::anonymous && parsed.amz_date.substr(0, 8) != parsed.scope.date)
    return AuthError{AuthFault::wrong_date, date_mismatch(parsed), {}};
  return parsed;
}

AuthResult<Authorization> parse_header_mode(const SignedRequestView& request, std::string_view parameters) {
  Authorization parsed;
  parsed.mode = AuthMode::header;
  HeaderParameters found;
  if (auto wrong = split_parameters(parameters, found); !wrong.empty()) return header_error(wrong);
  if (auto wrong = parse_credential(*found.credential, parsed); !wrong.empty()) return header_error(wrong);
  if (auto wrong = parse_signed_headers(*found.signed_headers, parsed); !wrong.empty()) return header_error(wrong);
  if (auto wrong = parse_signature(*found.signature, parsed); !wrong.empty()) return header_error(wrong);
  if (auto wrong = take_date(request, parsed); !wrong.empty()) return header_error(wrong);
  bool repeated = false;
  parsed.session_token = only_header(request, "x-amz-security-token", repeated).value_or("");
  if (repeated) return header_error("X-Amz-Security-Token is given twice");
  if (auto payload = payload_from_header(request, parsed); !payload.ok()) return payload.error();
  return finish(std::move(parsed));
}

std::string take_expiry(const std::optional<std::string>& text, Authorization& into) {
  into.expires_s = kExpiresDefault;
  if (!text) return into.scope.service == "s3" ? "X-Amz-Expires is required" : "";
  auto value = base::parse_int(*text);
  if (!value.ok() || !all_of(*text, is_digit)) return "X-Amz-Expires should be a number";
  if (*value <= 0) return "X-Amz-Expires must be positive";
  if (*value > kExpiresMax)
    return "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than "
           "604800 seconds";
  into.expires_s = *value;
  return {};
}

std::string take_query_date(const std::string& text, Authorization& into) {
  auto at = base::parse_amz_date(text);
  if (!at.ok()) return "X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"";
  into.signed_at = *at;
  into.amz_date = text;
  return {};
}

AuthResult<Authorization> parse_presigned_mode(const SignedRequestView& request, Presigned& query) {
  if (!query.repeated.empty()) return query_error(query.repeated + " is given twice");
  if (query.algorithm == kAsymmetric)
    return AuthError{AuthFault::sigv4a, "AWS4-ECDSA-P256-SHA256 is not supported; use AWS4-HMAC-SHA256", {}};
  if (query.algorithm && *query.algorithm != kAlgorithm)
    return AuthError{AuthFault::unsupported_algorithm, "X-Amz-Algorithm only supports \"AWS4-HMAC-SHA256\"", {}};
  if (!query.algorithm || !query.credential || !query.date || !query.signed_headers || !query.signature)
    return query_error(
        "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, "
        "X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.");
  Authorization parsed;
  parsed.mode = AuthMode::presigned;
  if (auto wrong = parse_credential(*query.credential, parsed); !wrong.empty()) return query_error(wrong);
  if (auto wrong = parse_signed_headers(*query.signed_headers, parsed); !wrong.empty()) return query_error(wrong);
  if (auto wrong = parse_signature(*query.signature, parsed); !wrong.empty()) return query_error(wrong);
  if (auto wrong = take_query_date(*query.date, parsed); !wrong.empty()) return query_error(wrong);
  if (auto wrong = take_expiry(query.expires, parsed); !wrong.empty()) return query_error(wrong);
  parsed.session_token = query.token.value_or("");
  auto payload = query.content_hash ? take_payload(*query.content_hash, parsed) : payload_from_header(request, parsed);
  if (!payload.ok()) return payload.error();
  return finish(std::move(parsed));
}

AuthResult<Authorization> parse_anonymous(const SignedRequestView& request) {
  Authorization parsed;
  if (auto payload = payload_from_header(request, parsed); !payload.ok()) return payload.error();
  return parsed;
}

AuthError old_scheme() {
  return {AuthFault::sigv2,
          "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.",
          {}};
}

AuthResult<Authorization> parse_header(const SignedRequestView& request, std::string_view header) {
  auto scheme = header.substr(0, header.find(' '));
  if (scheme == kAlgorithm) return parse_header_mode(request, base::trim(header.substr(scheme.size())));
  if (scheme == "AWS") return old_scheme();
  if (scheme == kAsymmetric)
    return AuthError{AuthFault::sigv4a, "AWS4-ECDSA-P256-SHA256 is not supported; use AWS4-HMAC-SHA256", {}};
  return AuthError{AuthFault::unsupported_algorithm, "Unsupported Authorization Type", {}};
}

}  // namespace

std::string CredentialScope::text() const { return date + "/" + region + "/" + service + "/aws4_request"; }

std::string_view payload_keyword(Payload payload) {
  switch (payload) {
    case Payload::unsigned_payload: return "UNSIGNED-PAYLOAD";
    case Payload::chunked_signed: return "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";
    case Payload::chunked_signed_trailer: return "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER";
    case Payload::chunked_unsigned_trailer: return "STREAMING-UNSIGNED-PAYLOAD-TRAILER";
    case Payload::unannounced:
    case Payload::hash: break;
  }
  return {};
}

bool is_signed_header(std::string_view signed_headers, std::string_view lower_name) {
  for (;;) {
    auto end = signed_headers.find(';');
    if (signed_headers.substr(0, end) == lower_name) return true;
    if (end == std::string_view::npos) return false;
    signed_headers.remove_prefix(end + 1);
  }
}

AuthResult<Authorization> parse_authorization(const SignedRequestView& request) {
  bool repeated = false;
  auto header = only_header(request, "authorization", repeated);
  if (repeated) return header_error("the request carries two Authorization headers");
  auto query = presigned_parameters(request.target);
  bool old_query = query.sigv2_key && query.sigv2_signature;
  if (header && (query.present() || old_query))
    return AuthError{
        AuthFault::both_modes,
        "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string "
        "parameter or the Authorization header should be specified",
        {}};
  if (header) return parse_header(request, *header);
  if (query.present()) return parse_presigned_mode(request, query);
  if (old_query) return old_scheme();
  return parse_anonymous(request);
}

}  // namespace weir::wire
