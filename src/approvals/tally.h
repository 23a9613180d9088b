// Counting decisions: what one more makes of an approval.
//
// Errors: conflict about "approval" when the person has decided already; invalid about "narrowed" for terms that are
// not within what was asked.
//
// Threads: pure functions.
#pragma once
#include "approvals/approval.h"

namespace weir::approvals {

// Names of people as they are compared: mail addresses without regard to case and to what follows a plus sign, which
// everybody adds to an address of their own as they like; everything else as it is.
std::string person_name(std::string_view name);
bool is_same_person(const std::vector<std::string>& a, const std::vector<std::string>& b);

// The state after `next`, whom the caller let decide. One who denies or wants changes ends it; k different people who
// approve do; one who abstains may decide later (once), everybody else has decided.
base::Result<ApprovalState> count(const Approval& approval, const std::vector<Decision>& before, const Decision& next);

// What stays of `asked` when each of those who approve gives only so much: columns of all, rows that all let through,
// the shortest time. Invalid when that is nothing, or when one gives what was not asked.
base::Result<Terms> narrowed(const Terms& asked, const std::vector<Terms>& given);

// A row filter that stays one expression between brackets: quotes and brackets are closed, nothing is commented out.
bool is_one_expression(std::string_view filter);

}  // namespace weir::approvals
