// Invitations, as the invited account sees them.
#pragma once
#include "app/call.h"
#include "wire/ram_operations.h"

namespace weir::services::ram {

namespace w = wire::ram;

base::Result<w::GetResourceShareInvitationsResponse> get_invitations(app::Call& call,
                                                                     const w::GetResourceShareInvitationsRequest& in);
base::Result<w::AcceptResourceShareInvitationResponse> accept_invitation(
    app::Call& call, const w::AcceptResourceShareInvitationRequest& in);
base::Result<w::RejectResourceShareInvitationResponse> reject_invitation(
    app::Call& call, const w::RejectResourceShareInvitationRequest& in);
base::Result<w::ListPendingInvitationResourcesResponse> list_pending_resources(
    app::Call& call, const w::ListPendingInvitationResourcesRequest& in);

}  // namespace weir::services::ram
