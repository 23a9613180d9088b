// Which records a Lookup means; shared by every journal.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "audit/journal.h"

namespace weir::audit {

// CloudTrail answers no more at once.
inline constexpr size_t kLookupMax = 50;

// Of the account, between `from` and `until` (both inclusive, in whole seconds as records have them), and
// all of the attributes given. An event id is also the one that both halves of an event share. A user name means a
// user, a role's session or the role of a session; a resource name an ARN or its last part.
bool matches(const Lookup& lookup, const base::Json& record);

// A cheap look at the line of a record, as to_line() writes it, before it is parsed: a busy day has millions, of which a
// question is about few.
//
// INVARIANT: who does not pass does not match.
class FirstLook {
 public:
  explicit FirstLook(const Lookup& lookup);
  bool may_match(std::string_view line) const;

 private:
  bool may_be_in_time(std::string_view line) const;

  std::vector<std::string> texts_;  // that every matching record contains as they are
  std::string from_, until_;        // in ISO 8601, which orders as times do; empty: not limited
};

}  // namespace weir::audit
