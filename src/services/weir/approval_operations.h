// OpenApproval, DecideApproval, GetApproval, ListApprovals.
#pragma once
#include "app/call.h"
#include "wire/weir_api_types.h"

namespace weir::services {

base::Result<wire::weir_api::OpenApprovalResponse> open_approval(app::Call& call,
                                                                 const wire::weir_api::OpenApprovalRequest& in);
base::Result<wire::weir_api::DecideApprovalResponse> decide_approval(app::Call& call,
                                                                     const wire::weir_api::DecideApprovalRequest& in);
base::Result<wire::weir_api::GetApprovalResponse> get_approval(app::Call& call,
                                                               const wire::weir_api::GetApprovalRequest& in);
base::Result<wire::weir_api::ListApprovalsResponse> list_approvals(app::Call& call,
                                                                   const wire::weir_api::ListApprovalsRequest& in);

}  // namespace weir::services
