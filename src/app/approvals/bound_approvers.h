// A principal that an approval names is whoever had its ARN when the question was opened: who is made, or gets the name,
// afterwards does not decide, though the predecessor is gone. Nobody had it: nobody decides as it.
//
// Threads: free functions.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "app/call.h"
#include "approvals/approval.h"

namespace weir::app {

// Of everybody whom the approval names: approvers, those to whom it may go on, and those who are excluded.
std::vector<approvals::BoundPrincipal> bound_principals(const identity::Directory& directory,
                                                        const approvals::Approval& approval);
// Whether who has the ARN now is whom the approval means by it. Of one that the earlier code opened, which says nothing
// of it: whoever was there before.
bool is_meant(const identity::Directory& directory, const approvals::Approval& approval, std::string_view principal);
// The id of a user that was excluded by its ARN, which it may have changed; empty for others.
std::string excluded_id(const approvals::Approval& approval, std::string_view principal);

// The principals of the approval's own account among its approvers by whom nobody decides any more. Whether somebody is
// there in another account is that account's to know, and told nobody there either.
std::vector<std::string> absent_approvers(const Call& call, const approvals::Approval& approval);

}  // namespace weir::app
