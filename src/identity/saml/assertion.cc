#include "identity/saml/assertion.h"

#include <algorithm>

#include "base/hash.h"
#include "base/text.h"
#include "identity/saml/conditions.h"
#include "identity/saml/faults.h"

namespace weir::identity::saml {
namespace {

constexpr std::string_view kEntity = "urn:oasis:names:tc:SAML:2.0:nameid-format:entity";

// STS gives the name back and puts it into condition keys; AWS's model ends it at 1024 characters elsewhere.
constexpr size_t kNameIdMax = 1024;

base::Result<std::string> read_issuer(Element assertion) {
  auto issuer = assertion.only(kAssertionNs, "Issuer");
  auto text = issuer.text();
  if (!text || text->empty() || issuer.attribute("Format").value_or(std::string(kEntity)) != kEntity)
    return invalid_response("Issuer");
  return *text;
}

base::Result<NameId> read_name(Element subject) {
  auto name = subject.only(kAssertionNs, "NameID");
  auto text = name.text();
  if (!text || base::trim(*text).empty()) return not_authorized("no Subject with one NameID of one text");
  if (text->size() > kNameIdMax || base::has_control_characters(*text)) return invalid_response("NameID");
  return NameId{*text, name.attribute("Format").value_or("")};
}

base::Status read_who(Element assertion, const Expectation& expected, Assertion& into) {
  WEIR_TRY(into.issuer, read_issuer(assertion));
  auto subject = assertion.only(kAssertionNs, "Subject");
  WEIR_TRY(into.subject, read_name(subject));
  WEIR_TRY(auto confirmation, read_confirmation(subject, expected));
  into.recipient = confirmation.recipient;
  into.not_on_or_after = confirmation.not_on_or_after;
  return {};
}

base::Status read_when(Element assertion, const Expectation& expected, Assertion& into) {
  WEIR_TRY(into.issued, read_issue_instant(assertion, expected));
  WEIR_TRY(auto conditions, read_conditions(assertion, expected));
  WEIR_TRY(auto authentication, read_authentication(assertion, expected));
  into.one_time_use = conditions.one_time_use;
  if (conditions.not_on_or_after) into.not_on_or_after = std::min(into.not_on_or_after, *conditions.not_on_or_after);
  into.authenticated = authentication.at;
  into.session_not_on_or_after = authentication.session_not_on_or_after;
  return {};
}

}  // namespace

std::string NameId::short_format() const {
  constexpr std::string_view kPrefix = "urn:oasis:names:tc:SAML:2.0:nameid-format:";
  return format.starts_with(kPrefix) ? format.substr(kPrefix.size()) : format;
}

std::string name_qualifier(std::string_view issuer, std::string_view account, std::string_view provider_name) {
  return base::base64(base::sha1(std::string(issuer) + std::string(account) + "/" + std::string(provider_name)));
}

base::Result<Assertion> read_assertion(Element assertion, const Expectation& expected) {
  Assertion out;
  if (!assertion.is(kAssertionNs, "Assertion") || assertion.attribute("Version") != "2.0")
    return invalid_response("no Assertion of version 2.0");
  out.id = assertion.attribute("ID").value_or("");
  if (out.id.empty()) return invalid_response("an Assertion without ID");
  WEIR_CHECK_OK(read_when(assertion, expected, out));
  WEIR_CHECK_OK(read_who(assertion, expected, out));
  WEIR_TRY(out.attributes, read_attributes(assertion));
  WEIR_TRY(out.aws, read_aws_attributes(out.attributes));
  return out;
}

}  // namespace weir::identity::saml
