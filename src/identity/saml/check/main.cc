// weir_identity_saml_check: the verdict on one SAML response per line, for tests that forge them.
//
//   in:  {"metadata": "...", "response": "base64", "now": "2026-11-22T01:02:03Z", "audiences": [..],
//         "recipients": [..], "keys": ["PEM", ..], "require_encryption": false, "in_response_to": "..."}
//   out: {"ok": true, "id": .., "subject": .., ...} or {"ok": false, "kind": .., "says": .., "log": ..}
#include "base/json.h"
#include "base/record.h"
#include "identity/saml/response.h"
#include "identity/verdict_lines.h"

namespace {

using namespace weir;
using base::Json;
namespace saml = identity::saml;

base::Result<std::vector<std::string>> texts(const Json& input, std::string_view name) {
  std::vector<std::string> out;
  if (auto* list = input.find(name)) WEIR_CHECK_OK(base::from_json(*list, out));
  return out;
}

base::Result<saml::Expectation> expectation(const Json& input, const saml::Metadata& metadata) {
  saml::Expectation out{.provider = metadata, .audiences = {}, .recipients = {}, .now = {}};
  WEIR_TRY(out.audiences, texts(input, "audiences"));
  WEIR_TRY(out.recipients, texts(input, "recipients"));
  WEIR_TRY(out.now, base::parse_iso8601(input.text("now")));
  out.require_encryption = input.flag("require_encryption");
  if (input.find("in_response_to"))
    out.answers_us = [sent = input.text("in_response_to")](const auto& id) { return id == sent; };
  WEIR_TRY(auto keys, texts(input, "keys"));
  for (auto& pem : keys) {
    WEIR_TRY(auto key, saml::DecryptionKey::from_pem(base::Secret(pem)));
    out.decryption_keys.push_back(std::move(key));
  }
  return out;
}

Json roles_of(const saml::AwsAttributes& aws) {
  Json out = Json::array();
  for (const auto& pair : aws.roles) out.push(Json(Json::Array{Json(pair.role_arn), Json(pair.provider_arn)}));
  return out;
}

Json shown(const saml::Assertion& assertion) {
  Json out = Json::object();
  out.set("ok", true).set("id", assertion.id).set("issuer", assertion.issuer).set("recipient", assertion.recipient);
  out.set("subject", assertion.subject.value).set("subject_type", assertion.subject.short_format());
  out.set("attributes", base::to_json(assertion.attributes)).set("encrypted", assertion.was_encrypted);
  out.set("not_on_or_after", base::to_iso8601(assertion.not_on_or_after));
  if (auto end = assertion.session_not_on_or_after) out.set("session_not_on_or_after", base::to_iso8601(*end));
  out.set("one_time_use", assertion.one_time_use).set("roles", roles_of(assertion.aws));
  out.set("session_name", assertion.aws.session_name).set("tags", base::to_json(assertion.aws.tags));
  out.set("transitive_keys", base::to_json(assertion.aws.transitive_keys));
  out.set("source_identity", assertion.aws.source_identity);
  if (auto& user = assertion.aws.lake_formation_user) out.set("lf_user", *user);
  out.set("lf_groups", base::to_json(assertion.aws.lake_formation_groups));
  return out;
}

base::Result<Json> verdict(const std::string& line) {
  WEIR_TRY(auto input, base::parse_json(line));
  WEIR_TRY(auto metadata, saml::parse_metadata(input.text("metadata")));
  WEIR_TRY(auto expected, expectation(input, metadata));
  WEIR_TRY(auto assertion, saml::verify(input.text("response"), expected));
  return shown(assertion);
}

}  // namespace

int main() {
  weir::identity::answer_lines(verdict);
  return 0;
}
