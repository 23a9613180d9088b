// Reads an Assertion whose octets were verified, and holds it against what is expected.
//
// The profile is SAML 2.0 Web Browser SSO (profiles, 4.1.4) as AWS uses it, strict: what it does not name is
// not skipped where it could restrict (conditions), and not read where it could grant.
//
// Threads: values and a free function.
#pragma once
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/result.h"
#include "identity/saml/attributes.h"
#include "identity/saml/expectation.h"
#include "identity/saml/xml.h"

namespace weir::identity::saml {

struct NameId {
  std::string value;
  std::string format;  // a URI; empty when none is given
  // STS's SubjectType and saml:sub_type: SAML 2.0 formats without their prefix, others whole.
  std::string short_format() const;
};

struct Assertion {
  std::string id;
  std::string issuer;
  NameId subject;
  std::string recipient;  // of the confirmation that held: STS's Audience, saml:aud
  base::Instant issued;
  base::Instant authenticated;                           // AuthnInstant
  std::optional<base::Instant> session_not_on_or_after;  // a session may not outlive it
  base::Instant not_on_or_after;                         // of conditions and confirmation, the earlier
  bool one_time_use = false;
  bool was_encrypted = false;
  Attributes attributes;
  AwsAttributes aws;
};

// STS's NameQualifier and saml:namequalifier: base64(SHA-1(issuer account "/" provider's name)).
std::string name_qualifier(std::string_view issuer, std::string_view account, std::string_view provider_name);

// `assertion` must come from a document that `verified` made. It only reads; it proves no signature.
base::Result<Assertion> read_assertion(Element assertion, const Expectation& expected);

}  // namespace weir::identity::saml
