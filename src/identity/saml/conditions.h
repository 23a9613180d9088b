// When, for whom and where an assertion holds: Conditions, SubjectConfirmation and AuthnStatement.
//
// Threads: values and free functions.
#pragma once
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/result.h"
#include "identity/saml/expectation.h"
#include "identity/saml/xml.h"

namespace weir::identity::saml {

struct Conditions {
  std::optional<base::Instant> not_on_or_after;
  bool one_time_use = false;
};
// There is an AudienceRestriction, and in each one of our audiences; a condition that is not known refuses.
base::Result<Conditions> read_conditions(Element assertion, const Expectation& expected);

struct Confirmation {
  std::string recipient;
  base::Instant not_on_or_after;
};
// The first bearer confirmation that is for one of our recipients, still good, and not for somebody's request.
base::Result<Confirmation> read_confirmation(Element subject, const Expectation& expected);

struct Authentication {
  base::Instant at;
  std::optional<base::Instant> session_not_on_or_after;  // the earliest
};
base::Result<Authentication> read_authentication(Element assertion, const Expectation& expected);

// Not older than age_max, and not from the future.
base::Result<base::Instant> read_issue_instant(Element element, const Expectation& expected);

}  // namespace weir::identity::saml
