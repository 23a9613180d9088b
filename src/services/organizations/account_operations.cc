#include "services/organizations/account_operations.h"

#include <algorithm>

#include "app/organizations/organization_accounts.h"
#include "services/organizations/shapes.h"

namespace weir::services::organizations {
namespace {

template <class Out>
Out in_brief(const app::ShownMember& shown) {
  Out out;
  out.Id = shown.account.id.text();
  out.Arn = shown.arn;
  if (!shown.account.email.empty()) out.Email = shown.account.email;
  if (!shown.account.name.empty()) out.Name = shown.account.name;
  out.Status = shown.account.closed ? "SUSPENDED" : "ACTIVE";
  out.State = shown.account.closed ? "CLOSED" : "ACTIVE";
  out.JoinedMethod = shown.membership.was_invited ? "INVITED" : "CREATED";
  out.JoinedTimestamp = shown.membership.joined;
  return out;
}

w::Account to_wire(const app::ShownMember& shown) {
  auto out = in_brief<w::Account>(shown);
  out.Paths.push_back(shown.path);
  return out;
}

std::string state_of(const identity::AccountRequest& request) { return request.failure ? "FAILED" : "SUCCEEDED"; }

w::CreateAccountStatus to_wire(const identity::AccountRequest& request) {
  w::CreateAccountStatus out;
  out.Id = request.id;
  out.AccountName = request.name;
  out.State = state_of(request);
  out.RequestedTimestamp = request.requested;
  out.CompletedTimestamp = request.requested;
  out.AccountId = request.account;
  out.FailureReason = request.failure;
  return out;
}

auto id_of(const app::ShownMember& shown) { return shown.account.id.text(); }

}  // namespace

base::Result<w::ListAccountsResponse> list_accounts(app::Call& call, const w::ListAccountsRequest& in) {
  WEIR_TRY(auto members, app::list_members(call));
  w::ListAccountsResponse out;
  WEIR_CHECK_OK(answer_page(in, out, std::move(members), id_of, out.Accounts, [](auto& one) { return to_wire(one); }));
  return out;
}

base::Result<w::ListAccountsForParentResponse> list_accounts_for_parent(app::Call& call,
                                                                        const w::ListAccountsForParentRequest& in) {
  WEIR_TRY(auto members, app::list_members_of(call, *in.ParentId));
  w::ListAccountsForParentResponse out;
  WEIR_CHECK_OK(answer_page(in, out, std::move(members), id_of, out.Accounts, [](auto& one) { return to_wire(one); }));
  return out;
}

base::Result<w::DescribeAccountResponse> describe_account(app::Call& call, const w::DescribeAccountRequest& in) {
  WEIR_TRY(auto member, app::describe_member(call, *in.AccountId));
  w::DescribeAccountResponse out;
  out.Account = to_wire(member);
  return out;
}

base::Result<w::CreateAccountResponse> create_account(app::Call& call, const w::CreateAccountRequest& in) {
  app::NewMember wanted;
  wanted.email = *in.Email;
  wanted.name = *in.AccountName;
  if (in.RoleName) wanted.role = *in.RoleName;
  wanted.tags = from_wire(in.Tags);
  WEIR_TRY(auto request, app::create_member(call, wanted));
  w::CreateAccountResponse out;
  out.CreateAccountStatus = to_wire(request);
  return out;
}

base::Result<w::DescribeCreateAccountStatusResponse> describe_create_account_status(
    app::Call& call, const w::DescribeCreateAccountStatusRequest& in) {
  WEIR_TRY(auto request, app::describe_account_request(call, *in.CreateAccountRequestId));
  w::DescribeCreateAccountStatusResponse out;
  out.CreateAccountStatus = to_wire(request);
  return out;
}

base::Result<w::ListCreateAccountStatusResponse> list_create_account_status(
    app::Call& call, const w::ListCreateAccountStatusRequest& in) {
  WEIR_TRY(auto requests, app::list_account_requests(call));
  std::erase_if(requests, [&](const auto& request) {
    return in.States.given() && std::find(in.States.begin(), in.States.end(), state_of(request)) == in.States.end();
  });
  w::ListCreateAccountStatusResponse out;
  WEIR_CHECK_OK(answer_page(
      in, out, std::move(requests), [](auto& one) { return one.id; }, out.CreateAccountStatuses,
      [](auto& one) { return to_wire(one); }));
  return out;
}

base::Result<wire::Nothing> close_account(app::Call& call, const w::CloseAccountRequest& in) {
  return done(app::close_member(call, *in.AccountId));
}

base::Result<wire::Nothing> move_account(app::Call& call, const w::MoveAccountRequest& in) {
  return done(app::move_member(call, *in.AccountId, *in.SourceParentId, *in.DestinationParentId));
}

base::Result<wire::Nothing> remove_account(app::Call& call, const w::RemoveAccountFromOrganizationRequest& in) {
  return done(app::remove_member(call, *in.AccountId));
}

base::Result<wire::Nothing> leave_organization(app::Call& call, const wire::Nothing&) {
  return done(app::leave_organization(call));
}

base::Result<wire::Nothing> register_delegate(app::Call& call, const w::RegisterDelegatedAdministratorRequest& in) {
  return done(app::register_delegate(call, *in.AccountId, *in.ServicePrincipal));
}

base::Result<wire::Nothing> deregister_delegate(app::Call& call, const w::DeregisterDelegatedAdministratorRequest& in) {
  return done(app::deregister_delegate(call, *in.AccountId, *in.ServicePrincipal));
}

namespace {

// Of the service asked about, or since it first became one.
base::Instant delegated_since(const app::ShownMember& member, const std::optional<std::string>& service) {
  const auto& services = member.membership.delegated_services;
  if (service) return services.at(*service);
  return std::min_element(services.begin(), services.end(), [](auto& a, auto& b) { return a.second < b.second; })
      ->second;
}

}  // namespace

base::Result<w::ListDelegatedAdministratorsResponse> list_delegates(app::Call& call,
                                                                    const w::ListDelegatedAdministratorsRequest& in) {
  WEIR_TRY(auto members, app::list_delegates(call, in.ServicePrincipal));
  w::ListDelegatedAdministratorsResponse out;
  WEIR_CHECK_OK(answer_page(in, out, std::move(members), id_of, out.DelegatedAdministrators, [&](auto& member) {
    auto one = in_brief<w::DelegatedAdministrator>(member);
    one.DelegationEnabledDate = delegated_since(member, in.ServicePrincipal);
    return one;
  }));
  return out;
}

base::Result<w::ListDelegatedServicesForAccountResponse> list_delegated_services(
    app::Call& call, const w::ListDelegatedServicesForAccountRequest& in) {
  WEIR_TRY(auto services, app::list_delegated_services(call, *in.AccountId));
  w::ListDelegatedServicesForAccountResponse out;
  std::vector<std::pair<std::string, base::Instant>> listed(services.begin(), services.end());
  WEIR_CHECK_OK(answer_page(
      in, out, std::move(listed), [](auto& one) { return one.first; }, out.DelegatedServices,
      [](auto& one) {
        return w::DelegatedService{.ServicePrincipal = one.first, .DelegationEnabledDate = one.second};
      }));
  return out;
}

}  // namespace weir::services::organizations
