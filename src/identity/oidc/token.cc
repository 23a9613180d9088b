#include "identity/oidc/token.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "identity/oidc/compact_jws.h"
#include "identity/oidc/faults.h"
#include "identity/oidc/strict_json.h"

namespace weir::identity::oidc {
namespace {

using base::Json;

constexpr size_t kSubjectMax = 255;           // OpenID Connect core, section 2
constexpr double kLastSecond = 253402300799;  // of the year 9999

// A NumericDate: seconds since the epoch, fractions allowed.
base::Result<std::optional<base::Instant>> time_claim(const Json& payload, std::string_view name) {
  auto* value = payload.find(name);
  if (!value) return std::optional<base::Instant>();
  auto* whole = value->as_int();
  auto* real = value->as_double();
  double seconds = whole ? static_cast<double>(*whole) : real ? *real : std::nan("");
  if (!(seconds >= 0 && seconds <= kLastSecond)) return malformed_token("claim " + std::string(name));
  return std::optional(base::from_epoch_seconds(seconds));
}

base::Result<base::Instant> required_time(const Json& payload, std::string_view name) {
  WEIR_TRY(auto at, time_claim(payload, name));
  if (!at) return invalid_token("Missing a required claim: " + std::string(name), "claim " + std::string(name));
  return *at;
}

base::Result<std::string> required_text(const Json& payload, std::string_view name) {
  auto text = payload.text(name);
  if (text.empty())
    return invalid_token("Missing a required claim: " + std::string(name), "claim " + std::string(name));
  return text;
}

base::Status read_times(const Json& payload, const Expectation& expected, Claims& into) {
  WEIR_TRY(into.expires, required_time(payload, "exp"));
  WEIR_TRY(into.issued, required_time(payload, "iat"));
  WEIR_TRY(auto from, time_claim(payload, "nbf"));
  if (expected.now >= into.expires + expected.skew) return expired_token("exp has passed");
  if (into.issued > expected.now + expected.skew) return invalid_token("Token is not yet valid", "iat is to come");
  if (from && *from > expected.now + expected.skew) return invalid_token("Token is not yet valid", "nbf is to come");
  return {};
}

bool is_ours(const std::string& audience, const Expectation& expected) {
  return std::find(expected.audiences.begin(), expected.audiences.end(), audience) != expected.audiences.end();
}

// AWS holds azp against the list when there is one. Without it a token for us and for somebody else could be
// shown here by that somebody, so all of its audiences must be ours (OpenID Connect core, 3.1.3.7, rule 3).
base::Status read_audience(const Json& payload, const Expectation& expected, Claims& into) {
  into.audiences = texts(payload.find("aud"));
  if (into.audiences.empty()) return invalid_token("Missing a required claim: aud", "claim aud");
  auto* azp = payload.find("azp");
  if (azp && !azp->as_string()) return malformed_token("claim azp");
  into.audience = azp ? *azp->as_string() : into.audiences.front();
  bool ours = azp ? is_ours(into.audience, expected)
                  : std::all_of(into.audiences.begin(), into.audiences.end(),
                                [&](const auto& each) { return is_ours(each, expected); });
  if (!ours) return invalid_token("Incorrect token audience", "aud or azp is not in the client ids");
  return {};
}

base::Status read_who(const Json& payload, const Expectation& expected, Claims& into) {
  WEIR_TRY(into.issuer, required_text(payload, "iss"));
  if (into.issuer != expected.issuer) return invalid_token("Issuer does not match provider", "iss");
  WEIR_TRY(into.subject, required_text(payload, "sub"));
  if (into.subject.size() > kSubjectMax || base::has_control_characters(into.subject))
    return malformed_token("claim sub");
  return {};
}

base::Status check_signature(const CompactJws& jws, const Expectation& expected) {
  const auto& listed = expected.algorithms;
  if (std::find(listed.begin(), listed.end(), jws.algorithm) == listed.end())
    return invalid_token("The token's signature algorithm is not supported.", "alg is not expected");
  auto* key = expected.keys.find(jws.kid, jws.algorithm);
  if (!key) return invalid_token("Couldn't find the key that signed the token", "kid: no single key for it");
  if (!key->verifies(jws.algorithm, jws.signed_text, jws.signature))
    return invalid_token("The token's signature is invalid", "the signature does not hold");
  return {};
}

base::Result<Claims> read_claims(Json payload, const Expectation& expected) {
  Claims out;
  WEIR_CHECK_OK(read_who(payload, expected, out));
  WEIR_CHECK_OK(read_audience(payload, expected, out));
  WEIR_CHECK_OK(read_times(payload, expected, out));
  out.methods = texts(payload.find("amr"));
  WEIR_TRY(out.session, read_session_claims(payload));
  out.all = std::move(payload);
  return out;
}

}  // namespace

base::Result<Address> read_address(std::string_view token) {
  WEIR_TRY(auto jws, parse_compact_jws(token));
  WEIR_TRY(auto issuer, required_text(jws.payload, "iss"));
  return Address{issuer, jws.kid, jws.algorithm};
}

base::Result<Claims> verify(std::string_view token, const Expectation& expected) {
  WEIR_TRY(auto jws, parse_compact_jws(token));
  WEIR_CHECK_OK(check_signature(jws, expected));
  return read_claims(std::move(jws.payload), expected);
}

}  // namespace weir::identity::oidc
