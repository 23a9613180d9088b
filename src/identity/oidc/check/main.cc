// weir_identity_oidc_check: the verdict on one web identity token per line, for tests that forge them.
//
//   in:  {"token": "..", "keys": "a JWKS as text", "issuer": "..", "audiences": [..], "now": "2026-11-22T01:02:03Z"}
//   out: {"ok": true, "subject": .., ...} or {"ok": false, "kind": .., "says": .., "log": ..}
#include "base/json.h"
#include "base/record.h"
#include "identity/oidc/token.h"
#include "identity/verdict_lines.h"

namespace {

using namespace weir;
using base::Json;
namespace oidc = identity::oidc;

Json shown(const oidc::Claims& claims) {
  Json out = Json::object();
  out.set("ok", true).set("issuer", claims.issuer).set("subject", claims.subject).set("audience", claims.audience);
  out.set("audiences", base::to_json(claims.audiences)).set("methods", base::to_json(claims.methods));
  out.set("issued", base::to_iso8601(claims.issued)).set("expires", base::to_iso8601(claims.expires));
  out.set("tags", base::to_json(claims.session.tags)).set("source_identity", claims.session.source_identity);
  return out.set("transitive_keys", base::to_json(claims.session.transitive_keys)).set("all", claims.all);
}

base::Result<Json> verdict(const std::string& line) {
  WEIR_TRY(auto input, base::parse_json(line));
  WEIR_TRY(auto keys, oidc::KeySet::parse(input.text("keys")));
  WEIR_TRY(auto now, base::parse_iso8601(input.text("now")));
  oidc::Expectation expected{.issuer = input.text("issuer"), .audiences = {}, .keys = keys, .now = now};
  if (auto* audiences = input.find("audiences")) WEIR_CHECK_OK(base::from_json(*audiences, expected.audiences));
  WEIR_TRY(auto claims, oidc::verify(input.text("token"), expected));
  return shown(claims);
}

}  // namespace

int main() {
  weir::identity::answer_lines(verdict);
  return 0;
}
