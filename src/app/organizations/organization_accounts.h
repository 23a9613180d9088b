// The accounts of an organization: made, moved, removed, and those that administer a service for it.
//
// An account made here has no administrator with keys: its way in is a role that trusts the management account,
// OrganizationAccountAccessRole. The role is its data lake administrator, as the administrator is of an account
// that the operator made.
//
// Threads: as the Call.
#pragma once
#include "app/organizations/organizations.h"
#include "identity/account.h"

namespace weir::app {

inline constexpr std::string_view kAccessRole = "OrganizationAccountAccessRole";

struct ShownMember {
  identity::Account account;
  identity::Membership membership;
  std::string arn;
  std::string path;  // o-x/r-y/ou-z/ACCOUNT/
};

base::Result<std::vector<ShownMember>> list_members(Call& call);
base::Result<std::vector<ShownMember>> list_members_of(Call& call, const std::string& parent);
base::Result<ShownMember> describe_member(Call& call, const std::string& id);

struct NewMember {
  std::string email;
  std::string name;
  std::string role{kAccessRole};
  identity::Tags tags = {};
};
// Done when it returns; what could not be made for its e-mail's sake is a request that failed, as on AWS.
base::Result<identity::AccountRequest> create_member(Call& call, const NewMember& wanted);
base::Result<identity::AccountRequest> describe_account_request(Call& call, const std::string& id);
base::Result<std::vector<identity::AccountRequest>> list_account_requests(Call& call);

// Its keys, sessions and roles stop at the next request. What it has stays; the operator can open it again.
base::Status close_member(Call& call, const std::string& id);
base::Status move_member(Call& call, const std::string& id, const std::string& from, const std::string& to);
base::Status remove_member(Call& call, const std::string& id);
base::Status leave_organization(Call& call);

base::Status register_delegate(Call& call, const std::string& id, const std::string& service);
base::Status deregister_delegate(Call& call, const std::string& id, const std::string& service);
// Of one service, or of any.
base::Result<std::vector<ShownMember>> list_delegates(Call& call, const std::optional<std::string>& service);
base::Result<std::map<std::string, base::Instant>> list_delegated_services(Call& call, const std::string& id);

}  // namespace weir::app
