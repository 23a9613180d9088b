// Which records a Lookup means; shared by every journal.
#pragma once
#include "audit/journal.h"

namespace weir::audit {

// CloudTrail answers no more at once.
inline constexpr size_t kLookupMax = 50;

// Of the account, between `from` and `until` (both inclusive, in whole seconds as records have them), and
// all of the attributes given. An event id is also the one that both halves of an event share. A user name means a
// user, a role's session or the role of a session; a resource name an ARN or its last part.
bool matches(const Lookup& lookup, const base::Json& record);

// Texts that every matching record contains as they are, for a cheap look before parsing.
std::vector<std::string> required_texts(const Lookup& lookup);

}  // namespace weir::audit
