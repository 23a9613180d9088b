// Invitations, which Organizations calls handshakes.
#pragma once
#include "app/call.h"
#include "wire/organizations_operations.h"

namespace weir::services::organizations {

namespace w = wire::organizations;

base::Result<w::InviteAccountToOrganizationResponse> invite_account(app::Call& call,
                                                                    const w::InviteAccountToOrganizationRequest& in);
base::Result<w::AcceptHandshakeResponse> accept_handshake(app::Call& call, const w::AcceptHandshakeRequest& in);
base::Result<w::DeclineHandshakeResponse> decline_handshake(app::Call& call, const w::DeclineHandshakeRequest& in);
base::Result<w::CancelHandshakeResponse> cancel_handshake(app::Call& call, const w::CancelHandshakeRequest& in);
base::Result<w::DescribeHandshakeResponse> describe_handshake(app::Call& call, const w::DescribeHandshakeRequest& in);
base::Result<w::ListHandshakesForAccountResponse> list_for_account(app::Call& call,
                                                                   const w::ListHandshakesForAccountRequest& in);
base::Result<w::ListHandshakesForOrganizationResponse> list_for_organization(
    app::Call& call, const w::ListHandshakesForOrganizationRequest& in);

}  // namespace weir::services::organizations
