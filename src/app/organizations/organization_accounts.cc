#include "app/organizations/organization_accounts.h"

#include "app/iam/iam_targets.h"
#include "app/organizations/organization_units.h"
#include "base/text.h"
#include "identity/account_records.h"
#include "identity/organization_keys.h"
#include "permissions/records.h"

namespace weir::app {

using identity::AccountRequest;
using identity::OrganizationRecords;

namespace {

constexpr std::string_view kAdministratorAccess = "arn:aws:iam::aws:policy/AdministratorAccess";

base::Result<names::AccountId> account_of(const std::string& id) {
  auto account = names::AccountId::parse(id);
  if (!account.ok()) return base::invalid("You provided an account id that isn't valid.", "INVALID_PATTERN");
  return account;
}

base::Result<ShownMember> shown(OrganizationRecords& records, store::Transaction& tx, identity::Membership member) {
  WEIR_TRY(auto account, identity::AccountRecords(tx).get(member.account));
  WEIR_TRY(auto path, path_of(records, member.parent, "parent"));
  auto arn = identity::member_arn(records.organization(), member.account);
  path += member.account.text() + "/";
  return ShownMember{std::move(account), std::move(member), std::move(arn), std::move(path)};
}

using Wanted = std::function<bool(const identity::Membership&)>;
base::Result<std::vector<ShownMember>> shown_members(OrganizationRecords& records, store::Transaction& tx,
                                                     const Wanted& wanted) {
  WEIR_TRY(auto members, records.members(wanted));
  std::vector<ShownMember> out;
  for (auto& member : members) {
    WEIR_TRY(auto one, shown(records, tx, std::move(member)));
    out.push_back(std::move(one));
  }
  return out;
}

}  // namespace

base::Result<std::vector<ShownMember>> list_members(Call& call) {
  WEIR_TRY(auto organization, authorize_organizing(call, Seat::reader, {"organizations:ListAccounts"}));
  return read_organization(call, organization, [](auto& records, auto& tx) {
    return shown_members(records, tx, [](auto&) { return true; });
  });
}

base::Result<std::vector<ShownMember>> list_members_of(Call& call, const std::string& parent) {
  call.about("parentId", parent);
  WEIR_TRY(auto organization,
           authorize_organizing(call, Seat::reader, {"organizations:ListAccountsForParent", {parent}}));
  return read_organization(call, organization, [&](auto& records, auto& tx) -> base::Result<std::vector<ShownMember>> {
    WEIR_TRY(auto path, path_of(records, parent, "parent"));
    return shown_members(records, tx, [&](const auto& member) { return member.parent == parent; });
  });
}

base::Result<ShownMember> describe_member(Call& call, const std::string& id) {
  call.about("accountId", id);
  WEIR_TRY(auto account, account_of(id));
  WEIR_TRY(auto organization, authorize_organizing(call, Seat::reader, {"organizations:DescribeAccount", {id}}));
  return read_organization(call, organization, [&](auto& records, auto& tx) -> base::Result<ShownMember> {
    WEIR_TRY(auto member, records.get_member(account));
    return shown(records, tx, std::move(member));
  });
}

namespace {

base::Result<identity::Account> make_account(store::Transaction& tx, const NewMember& wanted, base::Instant now,
                                             base::Randomness& randomness) {
  identity::Account account;
  for (bool taken = true; taken;) {
    auto digits = randomness.text(1, "123456789") + randomness.text(11, "0123456789");
    WEIR_TRY(account.id, names::AccountId::parse(digits));
    WEIR_TRY(taken, identity::exists(tx, identity::keys::account(account.id)));
  }
  account.name = wanted.name;
  account.email = wanted.email;
  account.created = now;
  WEIR_CHECK_OK(identity::AccountRecords(tx).create(account));
  return account;
}

// Its one way in, for whom the management account lets.
base::Status make_access_role(store::Transaction& tx, const identity::Account& account, const std::string& name,
                              const names::AccountId& management, base::Instant now, base::Randomness& randomness) {
  identity::RoleRecords roles(tx, account.id);
  identity::NewRole wanted;
  wanted.name = name;
  wanted.trust = R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":")" +
                 names::root_arn(management) + R"("},"Action":"sts:AssumeRole"}]})";
  WEIR_TRY(auto role, roles.create(wanted, now, randomness));
  WEIR_CHECK_OK(roles.attach(name, kAdministratorAccess));
  permissions::DataLakeSettings settings;
  settings.admins.push_back(role.arn());
  return permissions::put_settings(tx, account.id.text(), settings);
}

base::Status save_request(store::Transaction& tx, const identity::Organization& organization,
                          const AccountRequest& request) {
  return identity::save(tx, identity::keys::account_request(organization.id, request.id), request);
}

base::Result<AccountRequest> make_member(OrganizationRecords& records, store::Transaction& tx, const NewMember& wanted,
                                         base::Instant now, base::Randomness& randomness) {
  const auto organization = records.organization();
  AccountRequest request{identity::new_organization_id("car-", 32, randomness), wanted.name, now, {}, {}};
  WEIR_TRY(bool taken, identity::AccountRecords(tx).email_is_taken(wanted.email));
  if (taken) {
    request.failure = "EMAIL_ALREADY_EXISTS";
  } else {
    WEIR_TRY(auto account, make_account(tx, wanted, now, randomness));
    WEIR_CHECK_OK(make_access_role(tx, account, wanted.role, organization.management, now, randomness));
    WEIR_CHECK_OK(records.join(account.id, false, wanted.tags, now));
    request.account = account.id.text();
  }
  WEIR_CHECK_OK(save_request(tx, organization, request));
  return request;
}

}  // namespace

base::Result<AccountRequest> create_member(Call& call, const NewMember& wanted) {
  call.about("accountName", wanted.name);
  call.about("roleName", wanted.role);
  WEIR_CHECK_OK(identity::check_tags(wanted.tags));
  if (wanted.role.starts_with("AWSServiceRoleFor"))
    return base::invalid("A role name can't begin with the reserved prefix AWSServiceRoleFor.", "INVALID_ROLE_NAME");
  WEIR_TRY(auto organization,
           authorize_organizing(call, Seat::management, {"organizations:CreateAccount", {}, {}, wanted.tags}));
  AccountRequest made;
  WEIR_CHECK_OK(change_organization(call, organization, [&](auto& records, auto& tx) -> base::Status {
    WEIR_TRY(made, make_member(records, tx, wanted, call.now(), call.lake().randomness));
    return {};
  }));
  return made;
}

base::Result<AccountRequest> describe_account_request(Call& call, const std::string& id) {
  call.about("createAccountRequestId", id);
  WEIR_TRY(auto organization, authorize_organizing(call, Seat::reader, {"organizations:DescribeCreateAccountStatus"}));
  return read_organization(call, organization, [&](auto& records, auto& tx) -> base::Result<AccountRequest> {
    auto key = identity::keys::account_request(records.organization().id, id);
    WEIR_TRY(auto found, identity::load<AccountRequest>(tx, key));
    if (!found)
      return base::not_found("We can't find a create account request with the id that you specified.", "request");
    return std::move(*found);
  });
}

base::Result<std::vector<AccountRequest>> list_account_requests(Call& call) {
  WEIR_TRY(auto organization, authorize_organizing(call, Seat::reader, {"organizations:ListCreateAccountStatus"}));
  return read_organization(
      call, organization, [&](auto& records, auto& tx) -> base::Result<std::vector<AccountRequest>> {
        WEIR_TRY(auto entries, identity::all_under(tx, identity::keys::account_requests(records.organization().id)));
        std::vector<AccountRequest> out;
        for (const auto& entry : entries) {
          WEIR_TRY(auto request, base::decode_record<AccountRequest>(entry.value));
          out.push_back(std::move(request));
        }
        return out;
      });
}

base::Status close_member(Call& call, const std::string& id) {
  call.about("accountId", id);
  WEIR_TRY(auto account, account_of(id));
  WEIR_TRY(auto organization, authorize_organizing(call, Seat::management, {"organizations:CloseAccount", {id}}));
  return change_organization(call, organization, [&](auto& records, auto& tx) -> base::Status {
    if (account == records.organization().management)
      return base::fail(base::Kind::limit_exceeded, "You can't close the management account.",
                        "CANNOT_CLOSE_MANAGEMENT_ACCOUNT");
    WEIR_TRY(auto member, records.get_member(account));
    return identity::AccountRecords(tx).close(member.account, call.now());
  });
}

base::Status move_member(Call& call, const std::string& id, const std::string& from, const std::string& to) {
  call.about("accountId", id);
  call.about("sourceParentId", from);
  call.about("destinationParentId", to);
  WEIR_TRY(auto account, account_of(id));
  WEIR_TRY(auto organization,
           authorize_organizing(call, Seat::management, {"organizations:MoveAccount", {id, from, to}}));
  return change_organization(call, organization, [&](auto& records, auto&) { return records.move(account, from, to); });
}

base::Status remove_member(Call& call, const std::string& id) {
  call.about("accountId", id);
  WEIR_TRY(auto account, account_of(id));
  WEIR_TRY(auto organization,
           authorize_organizing(call, Seat::management, {"organizations:RemoveAccountFromOrganization", {id}}));
  return change_organization(call, organization, [&](auto& records, auto&) { return records.remove(account); });
}

base::Status leave_organization(Call& call) {
  WEIR_TRY(auto account, own_account(call));
  WEIR_TRY(auto organization, authorize_organizing(call, Seat::member, {"organizations:LeaveOrganization"}));
  return change_organization(call, organization, [&](auto& records, auto&) { return records.remove(account); });
}

namespace {

OrganizingDeed about_delegate(Call& call, std::string action, const std::string& id, const std::string& service) {
  call.about("accountId", id);
  call.about("servicePrincipal", service);
  OrganizingDeed deed{std::move(action), {id}};
  deed.extra.set("organizations:ServicePrincipal", service);
  return deed;
}

base::Error constraint(std::string says, std::string reason) {
  return base::fail(base::Kind::limit_exceeded, std::move(says), std::move(reason));
}

}  // namespace

base::Status register_delegate(Call& call, const std::string& id, const std::string& service) {
  WEIR_TRY(auto account, account_of(id));
  auto deed = about_delegate(call, "organizations:RegisterDelegatedAdministrator", id, service);
  WEIR_TRY(auto organization, authorize_organizing(call, Seat::management, deed));
  return change_organization(call, organization, [&](auto& records, auto&) -> base::Status {
    WEIR_TRY(auto member, records.get_member(account));
    if (account == records.organization().management)
      return constraint("You can designate only a member account as a delegated administrator.",
                        "CANNOT_REGISTER_MASTER_AS_DELEGATED_ADMINISTRATOR");
    if (!records.organization().trusted_services.contains(service))
      return constraint("You must enable access of the service before registering its administrator.",
                        "SERVICE_ACCESS_NOT_ENABLED");
    if (!member.delegated_services.emplace(service, call.now()).second)
      return base::already_exists("The account is already a delegated administrator for this service.", "delegate");
    return records.save_member(member);
  });
}

base::Status deregister_delegate(Call& call, const std::string& id, const std::string& service) {
  WEIR_TRY(auto account, account_of(id));
  auto deed = about_delegate(call, "organizations:DeregisterDelegatedAdministrator", id, service);
  WEIR_TRY(auto organization, authorize_organizing(call, Seat::management, deed));
  return change_organization(call, organization, [&](auto& records, auto&) -> base::Status {
    WEIR_TRY(auto member, records.get_member(account));
    if (!member.delegated_services.erase(service))
      return base::not_found("The account isn't a delegated administrator for this service.", "delegate");
    return records.save_member(member);
  });
}

base::Result<std::vector<ShownMember>> list_delegates(Call& call, const std::optional<std::string>& service) {
  OrganizingDeed deed{"organizations:ListDelegatedAdministrators"};
  if (service) deed.extra.set("organizations:ServicePrincipal", *service);
  WEIR_TRY(auto organization, authorize_organizing(call, Seat::reader, deed));
  return read_organization(call, organization, [&](auto& records, auto& tx) {
    return shown_members(records, tx, [&](const auto& member) {
      return service ? member.delegated_services.contains(*service) : !member.delegated_services.empty();
    });
  });
}

base::Result<std::map<std::string, base::Instant>> list_delegated_services(Call& call, const std::string& id) {
  call.about("accountId", id);
  WEIR_TRY(auto account, account_of(id));
  WEIR_TRY(auto organization,
           authorize_organizing(call, Seat::reader, {"organizations:ListDelegatedServicesForAccount", {id}}));
  return read_organization(call, organization,
                           [&](auto& records, auto&) -> base::Result<std::map<std::string, base::Instant>> {
                             WEIR_TRY(auto member, records.get_member(account));
                             if (member.delegated_services.empty())
                               return base::not_found("The account isn't a delegated administrator.", "delegate");
                             return member.delegated_services;
                           });
}

}  // namespace weir::app
