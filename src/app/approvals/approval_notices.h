// Telling approvers: each mail address and each confirmed subscriber by mail of a topic gets a text and links of its
// own; other subscribers get the facts; a channel gets links of its own.
//
// Invariants:
//  1. A link is sent to one recipient, and to nobody who is excluded or has decided.
//  2. What cannot be reached (a topic that is gone, a channel that was taken away) keeps nobody else from being told.
//
// Threads: free functions; a transaction belongs to one thread.
#pragma once
#include "app/approvals/approval_mails.h"
#include "app/lake.h"
#include "approvals/approval.h"

namespace weir::app {

// The channels that are asked: they get the question with its links, which says what an announcement would.
std::vector<std::string> channels_among(const std::vector<std::string>& approvers);

base::Status notify_approvers(Lake& lake, store::Transaction& tx, const approvals::Approval& approval,
                              ApprovalOccasion occasion);

}  // namespace weir::app
