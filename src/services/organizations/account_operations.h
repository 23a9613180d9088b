// Accounts in the organization: made, listed, moved, removed; delegated administrators.
#pragma once
#include "app/call.h"
#include "wire/organizations_operations.h"

namespace weir::services::organizations {

namespace w = wire::organizations;

base::Result<w::ListAccountsResponse> list_accounts(app::Call& call, const w::ListAccountsRequest& in);
base::Result<w::ListAccountsForParentResponse> list_accounts_for_parent(app::Call& call,
                                                                        const w::ListAccountsForParentRequest& in);
base::Result<w::DescribeAccountResponse> describe_account(app::Call& call, const w::DescribeAccountRequest& in);
base::Result<w::CreateAccountResponse> create_account(app::Call& call, const w::CreateAccountRequest& in);
base::Result<w::DescribeCreateAccountStatusResponse> describe_create_account_status(
    app::Call& call, const w::DescribeCreateAccountStatusRequest& in);
base::Result<w::ListCreateAccountStatusResponse> list_create_account_status(
    app::Call& call, const w::ListCreateAccountStatusRequest& in);
base::Result<wire::Nothing> close_account(app::Call& call, const w::CloseAccountRequest& in);
base::Result<wire::Nothing> move_account(app::Call& call, const w::MoveAccountRequest& in);
base::Result<wire::Nothing> remove_account(app::Call& call, const w::RemoveAccountFromOrganizationRequest& in);
base::Result<wire::Nothing> leave_organization(app::Call& call, const wire::Nothing& in);

base::Result<wire::Nothing> register_delegate(app::Call& call, const w::RegisterDelegatedAdministratorRequest& in);
base::Result<wire::Nothing> deregister_delegate(app::Call& call, const w::DeregisterDelegatedAdministratorRequest& in);
base::Result<w::ListDelegatedAdministratorsResponse> list_delegates(app::Call& call,
                                                                    const w::ListDelegatedAdministratorsRequest& in);
base::Result<w::ListDelegatedServicesForAccountResponse> list_delegated_services(
    app::Call& call, const w::ListDelegatedServicesForAccountRequest& in);

}  // namespace weir::services::organizations
