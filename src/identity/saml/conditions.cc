#include "identity/saml/conditions.h"

#include <algorithm>

#include "base/text.h"
#include "identity/saml/faults.h"
#include "identity/saml/saml_time.h"

namespace weir::identity::saml {
namespace {

constexpr std::string_view kBearer = "urn:oasis:names:tc:SAML:2.0:cm:bearer";
using Time = std::optional<base::Instant>;

base::Result<Time> time_attribute(Element element, std::string_view name) {
  auto text = element.attribute(name);
  if (!text) return Time();
  auto at = parse_saml_time(*text);
  if (!at.ok()) return invalid_response(std::string(name) + " is no time");
  return Time(*at);
}

bool contains(const std::vector<std::string>& list, const std::optional<std::string>& text) {
  return text && std::find(list.begin(), list.end(), *text) != list.end();
}

bool names_us(Element restriction, const Expectation& expected) {
  auto audiences = restriction.children(kAssertionNs, "Audience");
  return std::any_of(audiences.begin(), audiences.end(),
                     [&](const Element& each) { return contains(expected.audiences, each.text()); });
}

base::Status check_restrictions(Element conditions, const Expectation& expected) {
  auto restrictions = conditions.children(kAssertionNs, "AudienceRestriction");
  bool ours = !restrictions.empty() && std::all_of(restrictions.begin(), restrictions.end(),
                                                   [&](Element each) { return names_us(each, expected); });
  if (!ours) return invalid_token("Response does not contain the required audience", "audience");
  return {};
}

// ProxyRestriction limits what others may make of the assertion; we make no further assertions.
bool is_known(Element condition) {
  return condition.is(kAssertionNs, "AudienceRestriction") || condition.is(kAssertionNs, "OneTimeUse") ||
         condition.is(kAssertionNs, "ProxyRestriction");
}

bool has_passed(const Time& until, const Expectation& expected) {
  return until && expected.now >= *until + expected.skew;
}

// Nullopt when this one is not for us, or not now.
std::optional<Confirmation> confirmed(Element confirmation, const Expectation& expected) {
  auto data = confirmation.only(kAssertionNs, "SubjectConfirmationData");
  if (confirmation.attribute("Method") != kBearer || !data) return std::nullopt;
  auto recipient = data.attribute("Recipient");
  auto until = time_attribute(data, "NotOnOrAfter");
  if (!contains(expected.recipients, recipient) || !until.ok() || !*until || has_passed(*until, expected))
    return std::nullopt;
  if (data.attribute("NotBefore") || !expected.answers_us(data.attribute("InResponseTo"))) return std::nullopt;
  return Confirmation{*recipient, **until};
}

base::Result<Authentication> read_statement(Element statement, const Expectation& expected) {
  WEIR_TRY(auto at, time_attribute(statement, "AuthnInstant"));
  WEIR_TRY(auto until, time_attribute(statement, "SessionNotOnOrAfter"));
  if (!at || *at > expected.now + expected.skew) return invalid_response("AuthnInstant");
  if (until && expected.now >= *until) return expired_token("Token is expired", "SessionNotOnOrAfter has passed");
  return Authentication{*at, until};
}

}  // namespace

base::Result<base::Instant> read_issue_instant(Element element, const Expectation& expected) {
  WEIR_TRY(auto at, time_attribute(element, "IssueInstant"));
  if (!at || *at > expected.now + expected.skew) return invalid_response("IssueInstant");
  if (expected.now > *at + expected.age_max)
    return expired_token("Token must be redeemed within 5 minutes of issuance", "IssueInstant is too old");
  return *at;
}

base::Result<Conditions> read_conditions(Element assertion, const Expectation& expected) {
  auto conditions = assertion.only(kAssertionNs, "Conditions");
  if (!conditions) return invalid_token("Response does not contain the required audience", "no single Conditions");
  auto all = conditions.children();
  if (!std::all_of(all.begin(), all.end(), is_known)) return invalid_response("a condition that is not known");
  WEIR_TRY(auto from, time_attribute(conditions, "NotBefore"));
  WEIR_TRY(auto until, time_attribute(conditions, "NotOnOrAfter"));
  if (from && expected.now < *from - expected.skew) return invalid_response("Conditions: NotBefore is to come");
  if (has_passed(until, expected)) return expired_token("Token is expired", "Conditions: NotOnOrAfter has passed");
  WEIR_CHECK_OK(check_restrictions(conditions, expected));
  return Conditions{until, !conditions.children(kAssertionNs, "OneTimeUse").empty()};
}

base::Result<Confirmation> read_confirmation(Element subject, const Expectation& expected) {
  for (auto each : subject.children(kAssertionNs, "SubjectConfirmation"))
    if (auto held = confirmed(each, expected)) return *held;
  return invalid_response("no bearer confirmation for one of our recipients that is still good");
}

base::Result<Authentication> read_authentication(Element assertion, const Expectation& expected) {
  auto statements = assertion.children(kAssertionNs, "AuthnStatement");
  if (statements.empty()) return invalid_response("no AuthnStatement");
  WEIR_TRY(auto out, read_statement(statements.front(), expected));
  for (size_t i = 1; i < statements.size(); ++i) {
    WEIR_TRY(auto next, read_statement(statements[i], expected));
    if (next.session_not_on_or_after &&
        (!out.session_not_on_or_after || *next.session_not_on_or_after < *out.session_not_on_or_after))
      out.session_not_on_or_after = next.session_not_on_or_after;
  }
  return out;
}

}  // namespace weir::identity::saml
