#include "app/sharing/share_joining.h"

#include "catalog/databases.h"
#include "catalog/tables.h"
#include "identity/organization_records.h"
#include "sharing/managed_permissions.h"
#include "sharing/shares.h"

namespace weir::app {

using sharing::AssociationState;
using sharing::PrincipalAssociation;
using sharing::Receiver;
using sharing::ReceiverKind;
using sharing::Share;
using sharing::Shareable;
using sharing::ShareRecords;

namespace {

base::Status check_unit_there(store::Transaction& tx, const identity::Organization& organization,
                              const Receiver& receiver) {
  if (receiver.kind != ReceiverKind::unit) return {};
  WEIR_TRY(auto now, identity::get_organization(tx, organization.id));
  auto found = identity::OrganizationRecords(tx, std::move(now)).get_target(receiver.id);
  if (found.ok()) return {};
  return base::not_found("Organizational unit " + receiver.text + " could not be found.", "principal");
}

base::Status check_collective(const Call& call, store::Transaction& tx, const Share& share, const Receiver& receiver) {
  const auto& owner = share.owner.text();
  auto memberships = memberships_of(call);
  if (!memberships.is_own_organization(receiver.text, owner))
    return sharing_not_permitted("You can share with your own organization and its organizational units only.");
  if (!memberships.sharing_enabled(owner))
    return sharing_not_permitted("Resource sharing with your organization is not enabled.");
  return check_unit_there(tx, *call.state().directory.organizations().organization_of(owner), receiver);
}

// Whether there is nothing to do.
bool is_live(AssociationState state) {
  switch (state) {
    case AssociationState::associated:
    case AssociationState::associating: return true;
    case AssociationState::failed:
    case AssociationState::disassociated: return false;
  }
  return false;
}

base::Result<bool> is_live(Call& call, ShareRecords& records, const Share& share,
                           const PrincipalAssociation& association) {
  WEIR_TRY(auto invitation, records.find_invitation(association, share));
  return is_live(sharing::association_state(share, association, invitation ? &*invitation : nullptr,
                                            memberships_of(call), call.now()));
}

base::Status check_resource_there(store::Transaction& tx, const Shareable& resource) {
  WEIR_TRY(bool there, is_in_catalog(tx, resource));
  if (there) return {};
  return base::not_found("Resource " + resource.text + " could not be found.", "resource");
}

}  // namespace

base::Result<bool> is_in_catalog(store::Transaction& tx, const Shareable& resource) {
  switch (resource.type) {
    case sharing::ResourceType::catalog: return true;
    case sharing::ResourceType::database: {
      WEIR_TRY(auto database, catalog::Databases(tx).find(resource.account, resource.database));
      return database.has_value();
    }
    case sharing::ResourceType::table: break;
  }
  WEIR_TRY(auto table, catalog::Tables(tx).find(resource.account, resource.database, resource.table));
  return table.has_value();
}

base::Error sharing_not_permitted(std::string says) { return base::conflict(std::move(says), "operation"); }

base::Result<PrincipalAssociation> join_principal(Call& call, store::Transaction& tx, const Share& share,
                                                  const Receiver& receiver) {
  ShareRecords records(tx);
  const auto& owner = share.owner.text();
  if (receiver.account == owner) return base::invalid("You cannot share with your own account.", "parameter");
  WEIR_TRY(auto before, records.find_principal(share, receiver.text));
  if (before) {
    WEIR_TRY(bool live, is_live(call, records, share, *before));
    if (live) return std::move(*before);
  }
  if (receiver.is_collective()) {
    WEIR_CHECK_OK(check_collective(call, tx, share, receiver));
    return records.put_member(share, receiver, call.now());
  }
  if (memberships_of(call).trusted(owner, receiver.account)) return records.put_member(share, receiver, call.now());
  if (!share.allows_external)
    return sharing_not_permitted("The resource share does not allow external principals: " + receiver.text + ".");
  const auto& lake = call.lake();
  return records.put_invited(share, receiver, call.now(), lake.share_invitations_open_for, lake.randomness);
}

base::Status check_shareable(const Call& call, const names::AccountId& owner, const Shareable& resource) {
  if (resource.account != owner.text())
    return sharing_not_permitted("You can share your own resources only: " + resource.text + " is not yours.");
  if (resource.region != call.lake().region)
    return base::invalid("Resource " + resource.text + " is not in this region.", "parameter");
  return {};
}

base::Result<sharing::ResourceAssociation> join_resource(Call& call, store::Transaction& tx, Share& share,
                                                         const Shareable& resource) {
  ShareRecords records(tx);
  WEIR_CHECK_OK(check_shareable(call, share.owner, resource));
  WEIR_TRY(auto before, records.find_resource(share, resource.text));
  if (before) return std::move(*before);
  WEIR_CHECK_OK(check_resource_there(tx, resource));
  if (!share.permission_for(to_string(resource.type))) {
    const auto& permission = sharing::default_permission(resource.type);
    share.permissions.push_back({std::string(permission.name), std::string(to_string(resource.type)), call.now()});
    WEIR_CHECK_OK(records.save(share, call.now()));
  }
  return records.put_resource(share, resource.text, call.now());
}

}  // namespace weir::app
