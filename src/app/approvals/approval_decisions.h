// What decisions and time do to approvals, each one commit.
//
// Errors: as approvals.h.
//
// Threads: any.
#pragma once
#include "app/approvals/approval_people.h"
#include "app/approvals/approvals.h"

namespace weir::app {

// How a decision came, and whose it is.
struct Ballot {
  Person person;
  approvals::Channel channel = approvals::Channel::api;
  std::string address;  // of the network
  std::string agent;
  std::string link_hash;  // of the link that is used up with it; empty: none
};

base::Result<ShownApproval> decide(Lake& lake, const std::string& id, const Ballot& ballot, const DecisionWords& words);

// Time is up: it escalates, or ends and its task fails. Nothing happens when it has ended or has time left.
base::Status expire_approval(Lake& lake, const std::string& id);
// Those who have not decided are told again, and the next time is set.
base::Status remind_approvers(Lake& lake, const std::string& id);
// Closes the approval of that task when it does not wait any more; otherwise nothing.
base::Status close_approval_of(Lake& lake, const approvals::Waiting& waiting);

// In the transaction of who found that its task does not wait any more.
base::Status close_abandoned(Lake& lake, store::Transaction& tx, const approvals::Approval& approval);

// Kinds of app/due_work.h.
inline constexpr std::string_view kApprovalReminder = "approval-reminder";
inline constexpr std::string_view kApprovalExpiry = "approval-expiry";
base::Status schedule_approval(store::Transaction& tx, const approvals::Approval& approval, base::Instant now);

// Until when a task waits for it; nothing when none does any more.
base::Result<std::optional<base::Instant>> awaited_until(Lake& lake, store::Transaction& tx,
                                                         const approvals::Approval& approval);

}  // namespace weir::app
