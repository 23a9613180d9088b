#include "identity/oidc/compact_jws.h"

#include "base/text.h"
#include "identity/oidc/faults.h"
#include "identity/oidc/strict_json.h"
#include "identity/oidc/token.h"

namespace weir::identity::oidc {
namespace {

using base::Json;

base::Result<Json> object_in(std::string_view part, std::string_view what) {
  auto bytes = base::unbase64url(part);
  if (!bytes.ok()) return malformed_token(std::string(what) + " is not base64url");
  auto json = parse_strict_object(*bytes);
  if (!json.ok()) return malformed_token(std::string(what) + ": " + json.error().log);
  return json;
}

// ID tokens say JWT or nothing; access tokens of RFC 9068 at+jwt. Logout tokens, DPoP proofs and the like are
// signed with the same keys and are not for this.
bool is_identity_type(const Json& header) {
  if (!header.find("typ")) return true;
  auto type = base::to_lower(header.text("typ"));
  return type == "jwt" || type == "at+jwt";
}

base::Status check_extensions(const Json& header) {
  for (auto name : {"crit", "zip", "enc", "b64", "cty"})
    if (header.find(name)) return malformed_token("header: " + std::string(name));
  if (!is_identity_type(header)) return malformed_token("header: typ");
  return {};
}

base::Status read_header(const Json& header, CompactJws& into) {
  WEIR_CHECK_OK(check_extensions(header));
  auto algorithm = parse_algorithm(header.text("alg"));
  if (!algorithm) return invalid_token("The token's signature algorithm is not supported.", "header: alg");
  into.algorithm = *algorithm;
  if (auto* kid = header.find("kid")) {
    auto* text = kid->as_string();
    if (!text || text->empty() || text->size() > 256) return malformed_token("header: kid");
    into.kid = *text;
  }
  return {};
}

}  // namespace

base::Result<CompactJws> parse_compact_jws(std::string_view token) {
  if (token.size() > kTokenMax) return malformed_token("longer than 20000 characters");
  auto parts = base::split(token, '.');
  if (parts.size() != 3) return malformed_token("not three parts");
  CompactJws out;
  out.signed_text = token.substr(0, parts[0].size() + 1 + parts[1].size());
  WEIR_TRY(auto header, object_in(parts[0], "header"));
  WEIR_CHECK_OK(read_header(header, out));
  WEIR_TRY(out.payload, object_in(parts[1], "payload"));
  auto signature = base::unbase64url(parts[2]);
  if (!signature.ok() || signature->empty()) return malformed_token("the signature is not base64url");
  out.signature = std::move(*signature);
  return out;
}

}  // namespace weir::identity::oidc
