#include "services/ram/invitation_operations.h"

#include "app/sharing/share_invitations.h"
#include "services/ram/shapes.h"
#include "sharing/shareable.h"

namespace weir::services::ram {
namespace {

w::ResourceShareInvitation to_wire(const sharing::Invitation& invitation, base::Instant now) {
  w::ResourceShareInvitation out;
  out.resourceShareInvitationArn = invitation.arn();
  out.resourceShareName = invitation.share_name;
  out.resourceShareArn = invitation.share_arn();
  out.senderAccountId = invitation.sender.text();
  out.receiverAccountId = invitation.receiver.text();
  out.invitationTimestamp = invitation.sent;
  out.status = std::string(to_string(invitation.state_at(now)));
  if (invitation.principal != invitation.receiver.text()) out.receiverArn = invitation.principal;
  return out;
}

template <class Out, class In>
base::Result<Out> answered(app::Call& call, const In& in, app::InvitationAnswer answer) {
  WEIR_TRY(auto invitation, app::answer_share_invitation(call, *in.resourceShareInvitationArn, answer, in.clientToken));
  Out out;
  out.resourceShareInvitation = to_wire(invitation, call.now());
  out.clientToken = in.clientToken;
  return out;
}

w::Resource pending(const sharing::Share& share, const sharing::ResourceAssociation& association) {
  w::Resource out;
  out.arn = association.resource;
  out.type = std::string(sharing::type_name_of(association.resource));
  out.resourceShareArn = share.arn();
  out.status = "PENDING";
  out.creationTime = association.created;
  out.lastUpdatedTime = association.created;
  out.resourceRegionScope = "REGIONAL";
  return out;
}

}  // namespace

base::Result<w::GetResourceShareInvitationsResponse> get_invitations(app::Call& call,
                                                                     const w::GetResourceShareInvitationsRequest& in) {
  WEIR_TRY(auto invitations,
           app::list_share_invitations(call, {in.resourceShareInvitationArns.items(), in.resourceShareArns.items()}));
  w::GetResourceShareInvitationsResponse out;
  WEIR_CHECK_OK(answer_page(
      in, out, std::move(invitations), [](auto& one) { return one.arn(); }, out.resourceShareInvitations,
      [&](auto& one) { return to_wire(one, call.now()); }));
  return out;
}

base::Result<w::AcceptResourceShareInvitationResponse> accept_invitation(
    app::Call& call, const w::AcceptResourceShareInvitationRequest& in) {
  return answered<w::AcceptResourceShareInvitationResponse>(call, in, app::InvitationAnswer::accept);
}

base::Result<w::RejectResourceShareInvitationResponse> reject_invitation(
    app::Call& call, const w::RejectResourceShareInvitationRequest& in) {
  return answered<w::RejectResourceShareInvitationResponse>(call, in, app::InvitationAnswer::reject);
}

base::Result<w::ListPendingInvitationResourcesResponse> list_pending_resources(
    app::Call& call, const w::ListPendingInvitationResourcesRequest& in) {
  WEIR_TRY(auto there, app::list_pending_resources(call, *in.resourceShareInvitationArn));
  if (in.resourceRegionScope.value_or("ALL") == "GLOBAL") there.resources.clear();
  w::ListPendingInvitationResourcesResponse out;
  WEIR_CHECK_OK(answer_page(
      in, out, std::move(there.resources), [](auto& one) { return one.resource; }, out.resources,
      [&](auto& one) { return pending(there.share, one); }));
  return out;
}

}  // namespace weir::services::ram
