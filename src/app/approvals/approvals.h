// Approvals: people are asked whether the task of an execution that waits may go on; what they decide goes on with it.
//
// Invariants:
//  1. A decision, what it does to the task and who is told of it are one commit: of two people who decide at the same
//     moment, one is first, and nothing is decided twice.
//  2. Only approvers decide, each once; whoever is excluded never does.
//  3. An approval ends with its task: when the execution goes on or ends without it, it is closed.
//
// Errors: not_found about "approval"; conflict about "approval" when it was decided, or by this person; expired about
// "approval" when its time is over or nothing waits for it any more; invalid about what is wrong with a question or a
// decision; denied.
//
// Threads: as the Call.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "app/call.h"
#include "approvals/approval.h"

namespace weir::app {

enum class OnTimeout { deny, escalate };

struct ApprovalQuestion {
  std::string account;  // whose approval it is: that of the task
  // Asked again by the same task, it is the same approval; a later task has the key when the one before has ended.
  // Empty: one for each task.
  std::string key;
  bool is_step = false;  // of an access request: no other question can take its key
  std::string subject;
  std::vector<approvals::Fact> facts;
  std::string reason;
  // Mail addresses, ARNs of users, roles, SAML users and groups, ARNs of topics (their confirmed subscribers by
  // mail), "channel:NAME".
  std::vector<std::string> approvers;
  int64_t quorum = 1;
  std::vector<std::string> excluded;  // addresses and principals that never count
  base::Seconds timeout{0};           // 0: the task's own
  base::Seconds remind_every{0};      // 0: never
  std::vector<std::string> escalate_to;
  OnTimeout on_timeout = OnTimeout::deny;
  std::string task_token;
  std::string request_id;
  bool narrowable = false;
  approvals::Terms asked;      // what was asked; only less is given
  bool plain_failure = false;  // a denial has no error and no cause, an approval answers {}
  // Who publishes to the topics among the approvers, and needs sns:Publish on them; none: the call itself.
  Call* publisher = nullptr;
};

// The approval's id. Needs weir:OpenApproval. The token is one of the caller's account; it is not kept.
base::Result<std::string> open_approval(Call& call, const ApprovalQuestion& question);

struct DecisionWords {
  approvals::Verdict verdict = approvals::Verdict::abstain;
  std::string comment;
  approvals::Terms narrowed;
};

struct ShownApproval {
  approvals::Approval approval;
  std::vector<approvals::Decision> decisions;
};

// As one of its approvers, of whatever account, with weir:DecideApproval.
base::Result<ShownApproval> decide_approval(Call& call, const std::string& id, const DecisionWords& words);
// As an approver with weir:DecideApproval, or as anybody of the account with weir:GetApproval.
base::Result<ShownApproval> get_approval(Call& call, const std::string& id);

struct ApprovalFilter {
  bool to_decide = false;  // open ones that the caller may decide, with weir:DecideApproval; else weir:ListApprovals
  std::optional<approvals::ApprovalState> state;
  std::string request_id;
};
struct ApprovalsPage {
  std::vector<approvals::Approval> items;
  std::string next_token;
};
base::Result<ApprovalsPage> list_approvals(Call& call, const ApprovalFilter& filter, size_t limit,
                                           const std::string& token);

std::string approval_arn(const std::string& region, const std::string& account, const std::string& id);

}  // namespace weir::app
