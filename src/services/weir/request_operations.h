// Requests for access and the policy that decides them; and what their state machines call.
#pragma once
#include "app/call.h"
#include "wire/weir_api_types.h"

namespace weir::services {

namespace api = wire::weir_api;

base::Result<api::PreviewAccessRequestResponse> preview_access_request(app::Call& call,
                                                                       const api::PreviewAccessRequestRequest& in);
base::Result<api::AccessRequestDescription> create_access_request(app::Call& call,
                                                                  const api::CreateAccessRequestRequest& in);
base::Result<api::AccessRequestDescription> get_access_request(app::Call& call, const api::AccessRequestId& in);
base::Result<api::ListAccessRequestsResponse> list_access_requests(app::Call& call,
                                                                   const api::ListAccessRequestsRequest& in);
base::Result<api::AccessRequestDescription> withdraw_access_request(app::Call& call, const api::AccessRequestId& in);
base::Result<api::PutApprovalPolicyResponse> put_approval_policy(app::Call& call,
                                                                 const api::PutApprovalPolicyRequest& in);
base::Result<api::GetApprovalPolicyResponse> get_approval_policy(app::Call& call,
                                                                 const api::GetApprovalPolicyRequest& in);
base::Result<api::OpenAccessRequestStepResponse> open_access_request_step(app::Call& call,
                                                                          const api::OpenAccessRequestStepRequest& in);
base::Result<api::FulfilAccessRequestResponse> fulfil_access_request(app::Call& call,
                                                                     const api::FulfilAccessRequestRequest& in);
base::Result<api::CloseAccessRequestResponse> close_access_request(app::Call& call,
                                                                   const api::CloseAccessRequestRequest& in);

}  // namespace weir::services
