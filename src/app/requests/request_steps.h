// What the state machine of a request asks for on its way: people are asked, and a refusal is written down.
//
// Only a session of the role that the request's execution runs as may; whatever it says, the approvals that count are
// those that were opened here.
//
// Invariants:
//  1. The word of the requester, of who would get it, and of whoever decided an earlier step does not count.
//  2. A step that the policy wants is approved when an approval that was opened for it was.
//
// Errors: denied for everybody else; not_found about "request" and "step"; conflict about "request".
//
// Threads: as the Call.
#pragma once
#include "app/call.h"
#include "app/requests/request_rows.h"
#include "approvals/approval.h"
#include "requests/access_request.h"

namespace weir::app {

// The approval's id. Asked again for the same task, it is the same approval.
base::Result<std::string> open_access_request_step(Call& call, const std::string& id, const std::string& step,
                                                   const std::string& task_token);

// What a machine caught, or ended with.
struct MachineFailure {
  std::string error;
  std::string cause;
  std::string text() const { return error.empty() ? cause : cause.empty() ? error : error + ": " + cause; }
};
// For the machine to end with; neither is empty. What was decided before stays.
base::Result<MachineFailure> close_access_request(Call& call, const std::string& id, const std::string& failure_json);

// The machine of the request and nobody else: the IAM gate and this one.
base::Result<requests::AccessRequest> authorize_machine(Call& call, std::string_view action, const std::string& id);

// By the name of the error: denied, expired, changes asked for, or failed. Of an open extension: it is refused.
base::Status refuse_request(Lake& lake, store::Transaction& tx, requests::AccessRequest& request,
                            const MachineFailure& failure);
// Back to what it was before an extension was asked for.
base::Status leave_extension(Lake& lake, store::Transaction& tx, requests::AccessRequest& request, std::string why);
// What was granted so far ends; the request has failed to be fulfilled.
base::Status fail_fulfilment(Call& call, store::Transaction& tx, requests::AccessRequest& request, std::string why);

// Whether what an approver of a step gives can be granted: invalid about "narrowed" as check_chosen() says. Of an
// approval that no step opened nothing is said.
base::Status check_given(store::Transaction& tx, const approvals::Approval& approval, const approvals::Terms& given);

// What those who approved every step of `outcome` give together. conflict about "request" when a step is not approved.
struct GivenRows {
  std::string of;  // what was asked: given rows are some of these
  std::string filter;
};
struct GivenTerms {
  std::optional<std::vector<std::string>> columns;
  std::vector<GivenRows> rows;
  std::optional<int64_t> duration_s;
};
base::Result<GivenTerms> approved_terms(store::Transaction& tx, const requests::AccessRequest& request,
                                        const requests::PolicyOutcome& outcome);

}  // namespace weir::app
