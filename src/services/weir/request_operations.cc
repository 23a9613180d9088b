#include "services/weir/request_operations.h"

#include "app/requests/approval_policies.h"
#include "app/requests/request_fulfilment.h"
#include "app/requests/request_steps.h"
#include "services/weir/request_words.h"

namespace weir::services {

namespace {

constexpr int kPageDefault = 100;

// What looking beforehand and asking have in common.
template <class In>
app::WantedAccess wanted_of(const In& in) {
  app::WantedAccess out;
  out.catalog = in.CatalogId;
  out.items = wanted_items(in.Items);
  out.target = *in.Target;
  out.purpose = in.Purpose.value_or("");
  out.ticket_ref = in.TicketRef.value_or("");
  out.duration_s = in.DurationSeconds;
  return out;
}

}  // namespace

base::Result<api::PreviewAccessRequestResponse> preview_access_request(app::Call& call,
                                                                       const api::PreviewAccessRequestRequest& in) {
  WEIR_TRY(auto judged, app::preview_access_request(call, wanted_of(in), in.Policy));
  api::PreviewAccessRequestResponse out;
  out.Outcome = to_wire(judged.outcome);
  out.Items = items_to_wire(judged.items);
  out.DurationSeconds = judged.duration_s;
  return out;
}

base::Result<api::AccessRequestDescription> create_access_request(app::Call& call,
                                                                  const api::CreateAccessRequestRequest& in) {
  auto wanted = wanted_of(in);
  wanted.notify_email = in.NotifyEmail.value_or("");
  wanted.client_token = in.ClientToken.value_or("");
  return described(app::create_access_request(call, wanted));
}

base::Result<api::AccessRequestDescription> get_access_request(app::Call& call, const api::AccessRequestId& in) {
  return described(app::get_access_request(call, in.CatalogId, *in.RequestId));
}

base::Result<api::ListAccessRequestsResponse> list_access_requests(app::Call& call,
                                                                   const api::ListAccessRequestsRequest& in) {
  auto limit = static_cast<size_t>(in.MaxResults.value_or(kPageDefault));
  WEIR_TRY(auto page, app::list_access_requests(call, {in.CatalogId, in.Decision, in.NextToken.value_or(""), limit}));
  api::ListAccessRequestsResponse out;
  out.Requests.give();
  for (const auto& shown : page.items) out.Requests.push_back(to_wire(shown));
  say(page.next_token, out.NextToken);
  return out;
}

base::Result<api::AccessRequestDescription> withdraw_access_request(app::Call& call, const api::AccessRequestId& in) {
  return described(app::withdraw_access_request(call, in.CatalogId, *in.RequestId));
}

base::Result<api::PutApprovalPolicyResponse> put_approval_policy(app::Call& call,
                                                                 const api::PutApprovalPolicyRequest& in) {
  WEIR_TRY(auto put, app::put_approval_policy(call, *in.Policy, in.ExpectedVersion));
  return api::PutApprovalPolicyResponse{put.version, texts(put.machines)};
}

base::Result<api::GetApprovalPolicyResponse> get_approval_policy(app::Call& call,
                                                                 const api::GetApprovalPolicyRequest&) {
  WEIR_TRY(auto policy, app::get_approval_policy(call));
  api::GetApprovalPolicyResponse out;
  out.Policy = policy.document;
  out.Version = policy.version;
  say(policy.by, out.By);
  out.At = policy.at;
  return out;
}

base::Result<api::OpenAccessRequestStepResponse> open_access_request_step(app::Call& call,
                                                                          const api::OpenAccessRequestStepRequest& in) {
  WEIR_TRY(auto approval, app::open_access_request_step(call, *in.RequestId, *in.Step, *in.TaskToken));
  return api::OpenAccessRequestStepResponse{std::move(approval)};
}

base::Result<api::FulfilAccessRequestResponse> fulfil_access_request(app::Call& call,
                                                                     const api::FulfilAccessRequestRequest& in) {
  WEIR_TRY(auto done, app::fulfil_access_request(call, *in.RequestId, in.MaxDurationSeconds));
  api::FulfilAccessRequestResponse out;
  out.RequestId = in.RequestId;
  out.Fulfilment = std::string(to_string(done.fulfilment));
  out.GrantIds = texts(done.grants);
  out.Expires = done.expires;
  return out;
}

base::Result<api::CloseAccessRequestResponse> close_access_request(app::Call& call,
                                                                   const api::CloseAccessRequestRequest& in) {
  WEIR_TRY(auto failure, app::close_access_request(call, *in.RequestId, in.Failure.value_or("{}")));
  return api::CloseAccessRequestResponse{std::move(failure.error), std::move(failure.cause)};
}

}  // namespace weir::services
