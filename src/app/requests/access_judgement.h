// What an approval policy makes of a question for access to items of a catalog, over the catalog as it is now.
//
// INVARIANT: items and duration of what was judged are within the limits of the policy.
//
// Errors: not_found about "item"; invalid about "item" for rows that are chosen by a column which the policy leaves out,
// and for a table with a partition key that it leaves out.
//
// Threads: the transaction's.
#pragma once
#include "app/call.h"
#include "requests/approval_policy.h"
#include "requests/policy_outcome.h"

namespace weir::app {

// What is asked for, by whichever names it came.
struct AccessQuestion {
  std::string account;  // whose catalog it is
  std::vector<requests::AskedItem> items;
  std::string target;
  std::optional<int64_t> duration_s;
};

struct JudgedAccess {
  requests::PolicyOutcome outcome;
  std::vector<requests::AskedItem> items;
  std::optional<int64_t> duration_s;
};

base::Result<JudgedAccess> judge_by(const requests::ApprovalPolicy& policy, store::Transaction& tx, const State& state,
                                    const std::string& region, AccessQuestion asked);
// The answer of the policy in force, and what its limits leave of the items.
base::Result<JudgedAccess> judge_access(store::Transaction& tx, const State& state, const std::string& region,
                                        AccessQuestion asked);

}  // namespace weir::app
