// The approval policy of an account: set by its data lake administrators, asked by every request.
//
// An account that set none has the default one: what is not sensitive is approved, the owner is asked about the rest, by
// the state machine DataLakeApprovalWorkflow of the account.
//
// Errors: invalid about "policy" for a document that cannot be one; conflict about "policy".
//
// Threads: as the Call; the transaction's.
#pragma once
#include "app/call.h"
#include "requests/approval_policy.h"
#include "requests/policy_outcome.h"

namespace weir::app {

struct PolicyInForce {
  requests::ApprovalPolicy policy;
  std::string document;
  int64_t version = 0;  // 0: the default one
  std::string by;
  std::optional<base::Instant> at;
};

base::Result<PolicyInForce> policy_in_force(store::Transaction& tx, std::string_view account);

struct PutPolicy {
  int64_t version = 0;
  std::vector<std::string> machines;  // ARNs of those that its templates became
};
// The caller passes the role of the templates, and may start the machine that is named. conflict when the policy in force
// is not the expected one: what somebody else set meanwhile is not overwritten unseen; and when a machine has the name of
// a template's and another definition or role, and no policy made it.
base::Result<PutPolicy> put_approval_policy(Call& call, const std::string& document,
                                            std::optional<int64_t> expected_version);
// A policy that is tried and not set. Whoever may try one learns by it what marks things have: only who may set one may.
base::Result<requests::ApprovalPolicy> policy_on_trial(Call& call, std::string_view account,
                                                       const std::string& document);
base::Result<PolicyInForce> get_approval_policy(Call& call);

// Which machine carries a request through.
std::string machine_for(const requests::ApprovalPolicy& policy, const requests::PolicyOutcome& outcome,
                        const std::string& region, const std::string& account);

}  // namespace weir::app
