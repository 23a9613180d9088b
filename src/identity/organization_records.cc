#include "identity/organization_records.h"

#include "identity/account_records.h"
#include "identity/organization_keys.h"

namespace weir::identity {
namespace {

base::Error no_organization() {
  return base::not_found("Your account is not a member of an organization.", "organization");
}

base::Error no_account(const names::AccountId& account) {
  return base::not_found("You specified an account that doesn't exist: " + account.text(), "account");
}

base::Error already_member(const names::AccountId& account) {
  return base::already_exists("The account " + account.text() + " is already a member of an organization.",
                              "organization");
}

}  // namespace

base::Result<std::optional<Membership>> find_membership(store::Transaction& tx, const names::AccountId& account) {
  return load<Membership>(tx, keys::membership(account));
}

base::Result<Organization> get_organization(store::Transaction& tx, std::string_view id) {
  WEIR_TRY(auto found, load<Organization>(tx, keys::organization(id)));
  if (!found) return no_organization();
  return std::move(*found);
}

base::Result<Organization> create_organization(store::Transaction& tx, const names::AccountId& management,
                                               base::Instant now, base::Randomness& randomness) {
  WEIR_TRY(auto member, find_membership(tx, management));
  if (member) return already_member(management);
  Organization made;
  made.id = new_organization_id("o-", 10, randomness);
  made.root_id = new_organization_id("r-", 4, randomness);
  made.management = management;
  made.created = now;
  WEIR_CHECK_OK(save(tx, keys::organization(made.id), made));
  WEIR_CHECK_OK(OrganizationRecords(tx, made).join(management, true, {}, now));
  return made;
}

base::Status OrganizationRecords::save_organization(Organization changed) {
  organization_ = std::move(changed);
  return save(tx_, keys::organization(organization_.id), organization_);
}

base::Status OrganizationRecords::erase_organization() {
  WEIR_TRY(auto everybody, members([](auto&) { return true; }));
  WEIR_TRY(bool has_units, any_under(tx_, keys::units(organization_.id)));
  if (everybody.size() > 1 || has_units)
    return base::conflict("To delete an organization you must first remove all member accounts and delete all OUs.",
                          "organization");
  for (auto& prefix : {keys::control_policies(organization_.id), keys::account_requests(organization_.id)}) {
    WEIR_TRY(auto entries, all_under(tx_, prefix));
    for (auto& entry : entries) WEIR_CHECK_OK(tx_.erase(entry.key));
  }
  WEIR_TRY(auto invitations, all_under(tx_, keys::invitations()));
  for (auto& entry : invitations) {
    WEIR_TRY(auto invitation, base::decode_record<Invitation>(entry.value));
    if (invitation.organization == organization_.id) WEIR_CHECK_OK(tx_.erase(entry.key));
  }
  WEIR_CHECK_OK(tx_.erase(keys::membership(organization_.management)));
  return tx_.erase(keys::organization(organization_.id));
}

base::Result<Membership> OrganizationRecords::get_member(const names::AccountId& account) {
  WEIR_TRY(auto found, find_membership(tx_, account));
  if (!found || found->organization != organization_.id) return no_account(account);
  return std::move(*found);
}

base::Result<std::vector<Membership>> OrganizationRecords::members(
    const std::function<bool(const Membership&)>& wanted) {
  WEIR_TRY(auto entries, all_under(tx_, keys::members_of_organizations()));
  std::vector<Membership> out;
  for (auto& entry : entries) {
    WEIR_TRY(auto member, base::decode_record<Membership>(entry.value));
    if (member.organization == organization_.id && wanted(member)) out.push_back(std::move(member));
  }
  return out;
}

std::vector<std::string> OrganizationRecords::first_policies() const {
  if (!organization_.has_control_policies) return {};
  return {std::string(kFullAccessPolicy)};
}

base::Status OrganizationRecords::join(const names::AccountId& account, bool was_invited, const Tags& tags,
                                       base::Instant now) {
  WEIR_TRY(auto member, find_membership(tx_, account));
  if (member) return already_member(account);
  return save_member({account, organization_.id, organization_.root_id, was_invited, now, first_policies(), {}, tags});
}

base::Status OrganizationRecords::save_member(const Membership& member) {
  return save(tx_, keys::membership(member.account), member);
}

base::Status OrganizationRecords::move(const names::AccountId& account, const std::string& from,
                                       const std::string& to) {
  WEIR_TRY(auto member, get_member(account));
  WEIR_CHECK_OK(check_parent(from, "source parent"));
  WEIR_CHECK_OK(check_parent(to, "destination parent"));
  if (member.parent != from)
    return base::not_found("The account is not in the source root or OU: " + from, "source parent");
  if (member.parent == to)
    return base::already_exists("The account is in the destination root or OU already.", "account");
  member.parent = to;
  return save_member(member);
}

base::Status OrganizationRecords::remove(const names::AccountId& account) {
  if (account == organization_.management)
    return base::conflict("You can't remove the management account from the organization.", "management account");
  WEIR_TRY(auto member, get_member(account));
  if (!member.delegated_services.empty())
    return base::fail(base::Kind::limit_exceeded,
                      "You attempted to remove an account that is registered as a delegated administrator.",
                      "CANNOT_REMOVE_DELEGATED_ADMINISTRATOR_FROM_ORG");
  return tx_.erase(keys::membership(account));
}

OrganizationTarget OrganizationRecords::root_target() const {
  return {OrganizationTarget::Type::root, organization_.root_id,  organization_.root_arn(), "Root",
          organization_.policies,         organization_.root_tags};
}

OrganizationTarget OrganizationRecords::target_of(const OrganizationalUnit& unit) const {
  return {
      OrganizationTarget::Type::unit, unit.id, unit_arn(organization_, unit.id), unit.name, unit.policies, unit.tags};
}

base::Result<OrganizationTarget> OrganizationRecords::target_of(const Membership& member) {
  WEIR_TRY(auto account, AccountRecords(tx_).get(member.account));
  return OrganizationTarget{OrganizationTarget::Type::account,
                            member.account.text(),
                            member_arn(organization_, member.account),
                            account.name,
                            member.policies,
                            member.tags};
}

base::Result<OrganizationTarget> OrganizationRecords::get_target(const std::string& id) {
  auto absent = base::not_found("We can't find a root, OU, or account with the TargetId that you specified.", "target");
  if (id == organization_.root_id) return root_target();
  if (auto account = names::AccountId::parse(id); account.ok()) {
    auto member = get_member(*account);
    if (member.ok()) return target_of(*member);
    return member.error().kind == base::Kind::not_found ? absent : member.error();
  }
  WEIR_TRY(auto unit, load<OrganizationalUnit>(tx_, keys::unit(organization_.id, id)));
  if (!unit) return absent;
  return target_of(*unit);
}

base::Result<std::vector<OrganizationTarget>> OrganizationRecords::targets() {
  std::vector<OrganizationTarget> out{root_target()};
  WEIR_TRY(auto units, all_under(tx_, keys::units(organization_.id)));
  for (auto& entry : units) {
    WEIR_TRY(auto unit, base::decode_record<OrganizationalUnit>(entry.value));
    out.push_back(target_of(unit));
  }
  WEIR_TRY(auto everybody, members([](auto&) { return true; }));
  for (auto& member : everybody) {
    WEIR_TRY(auto target, target_of(member));
    out.push_back(std::move(target));
  }
  return out;
}

base::Status OrganizationRecords::save_target(const OrganizationTarget& target) {
  switch (target.type) {
    case OrganizationTarget::Type::root: {
      auto changed = organization_;
      changed.policies = target.policies;
      changed.root_tags = target.tags;
      return save_organization(std::move(changed));
    }
    case OrganizationTarget::Type::unit: {
      WEIR_TRY(auto unit, get_unit(target.id));
      unit.policies = target.policies;
      unit.tags = target.tags;
      return save(tx_, keys::unit(organization_.id, unit.id), unit);
    }
    case OrganizationTarget::Type::account: {
      WEIR_TRY(auto account, names::AccountId::parse(target.id));
      WEIR_TRY(auto member, get_member(account));
      member.policies = target.policies;
      member.tags = target.tags;
      return save_member(member);
    }
  }
  return base::internal("a target of no type");
}

base::Status OrganizationRecords::set_tags(const OrganizationTarget& target, const Tags& tags) {
  auto changed = target;
  changed.tags = tags;
  return save_target(changed);
}

}  // namespace weir::identity
