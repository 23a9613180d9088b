// Searching the audit trail of one's own account by what CloudTrail's lookup cannot say: several attributes at once, only
// denials, a decision, words.
//
// Bounds: a call looks at no more than kSearchLookedAtMax records that fit its times, event and source; the journal reads
// past those that do not. A page may be short, or empty, and still have a token.
//
// Errors: invalid about "token".
//
// Threads: the Call's.
#pragma once
#include <optional>
#include <string>

#include "app/call.h"

namespace weir::app {

inline constexpr size_t kSearchLookedAtMax = 5000;

// Empty members do not narrow; all that are given must fit.
struct AuditSearch {
  std::optional<base::Instant> from = {}, until = {};
  std::string event_name = {}, event_source = {};
  std::string principal = {};  // ARN of a user, role, session or SAML principal, or a user's or role's name
  std::string resource = {};   // an ARN, its last part, or database.table
  std::string decision = {};   // the id that a denial carried
  std::string words = {};      // anywhere in the record, in any case
  std::optional<bool> denied = {};
  std::optional<bool> read_only = {};
  size_t limit = 50;
  std::string token = {};
};

// Needs cloudtrail:LookupEvents. The newest first.
base::Result<audit::Found> search_audit(Call& call, const AuditSearch& search);

}  // namespace weir::app
