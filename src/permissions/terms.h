// What a grant may be held under, beside its principal.
//
// What is held on terms is held by a principal of its own, the pair of both: Snapshot interns it by one text, in which
// the terms follow the principal. Neither principals, accounts nor share ARNs have control characters; the condition,
// which might, comes last.
//
// INVARIANT: unfolded() of a folded text gives the principal and the terms it was made of.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "permissions/condition.h"

namespace weir::permissions {

struct Terms {
  std::string condition = {};  // counts only where this holds
  std::string share = {};      // the resource share by which another account has it; counts while it is in force there
  std::string local_to = {};   // the account that passed it on inside itself; counts there only
  bool empty() const { return condition.empty() && share.empty() && local_to.empty(); }
  bool operator==(const Terms&) const = default;
};

struct OnTerms {
  std::string principal;
  Terms terms;
};

std::string folded(std::string_view principal, const Terms& terms);
OnTerms unfolded(std::string_view text);
// Where the terms begin in a folded text; npos when it is a principal alone.
size_t terms_at(std::string_view text);
// For people: "P when CONDITION", "P via SHARE", "P in account C".
std::string text(const OnTerms& holder);

}  // namespace weir::permissions
