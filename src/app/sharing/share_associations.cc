#include "app/sharing/share_associations.h"

#include <algorithm>

#include "app/request_token.h"
#include "app/sharing/resource_shares.h"
#include "app/sharing/share_joining.h"
#include "app/sharing/share_words.h"
#include "app/sharing/shared_grants.h"
#include "sharing/shares.h"

namespace weir::app {

using sharing::AssociationState;
using sharing::PrincipalAssociation;
using sharing::ResourceAssociation;
using sharing::Share;
using sharing::ShareRecords;

namespace {

std::string message_of(const PrincipalAssociation& association, AssociationState state) {
  switch (state) {
    case AssociationState::associating: return "The invitation waits for an answer.";
    case AssociationState::failed: return "The invitation was rejected, or nobody answered it in time.";
    case AssociationState::disassociated:
      return association.by_membership() ? "The principal is not in an organization that shares with its members." : "";
    case AssociationState::associated: break;
  }
  return "";
}

ShownAssociation shown(const Share& share, const ResourceAssociation& association) {
  return {share.arn(), share.name, AssociationType::resource, association.resource, AssociationState::associated,
          "",          false,      association.created,       association.created};
}

ShownAssociation shown(const Call& call, const Share& share, const PrincipalAssociation& association,
                       AssociationState state) {
  bool external =
      !association.is_collective() && !memberships_of(call).are_together(share.owner.text(), association.receiver);
  return {share.arn(),
          share.name,
          AssociationType::principal,
          association.principal,
          state,
          message_of(association, state),
          external,
          association.created,
          association.created};
}

base::Json parameters_of(const AssociationChange& change) {
  return base::Json::object()
      .set("share", change.share)
      .set("resources", base::to_json(change.resources))
      .set("principals", base::to_json(change.principals));
}

// What the owner asks for, read and allowed.
struct Asked {
  Share share;
  SharedWords words;
};

base::Result<Asked> read_and_authorize(Call& call, const std::string& action, const AssociationChange& change) {
  WEIR_CHECK_OK(sharing::parse_share_arn(change.share));
  // Of whose share there is no word yet; somebody else's does not get that far.
  auto account = names::AccountId::parse(call.caller().account());
  if (!account.ok()) return sharing::no_such_share(change.share);
  WEIR_TRY(auto words, read_words(call, *account, change.resources, change.principals));
  ShareDeed deed{action, nullptr, words.resource_texts(), words.receiver_texts()};
  WEIR_TRY(auto share, authorize_share(call, change.share, deed));
  if (words.resources.empty() && words.receivers.empty())
    return base::invalid("Name at least one resource or principal.", "parameter");
  return Asked{std::move(share), std::move(words)};
}

base::Status join(Call& call, store::Transaction& tx, Share share, const SharedWords& words) {
  for (const auto& receiver : words.receivers) WEIR_CHECK_OK(join_principal(call, tx, share, receiver));
  for (const auto& resource : words.resources) WEIR_CHECK_OK(join_resource(call, tx, share, resource));
  return {};
}

base::Error not_associated(const std::string& entity) {
  return base::not_found(entity + " is not associated with the resource share.", "association");
}

base::Status part(store::Transaction& tx, const Share& share, const SharedWords& words) {
  ShareRecords records(tx);
  if (share.is_of_lake_formation())
    WEIR_CHECK_OK(erase_grants_through(tx, share, {words.receiver_texts(), words.resource_texts()}));
  for (const auto& receiver : words.receivers) {
    WEIR_TRY(auto there, records.find_principal(share, receiver.text));
    if (!there) return not_associated(receiver.text);
    WEIR_CHECK_OK(records.erase_principal(share, *there));
  }
  for (const auto& resource : words.resources) {
    WEIR_TRY(auto there, records.find_resource(share, resource.text));
    if (!there) return not_associated(resource.text);
    WEIR_CHECK_OK(records.erase_resource(share, resource.text));
  }
  return {};
}

// Lake Formation's own do not stay without principals or resources (lake_shares.h).
base::Status erase_if_spent(store::Transaction& tx, const Share& share) {
  ShareRecords records(tx);
  if (!share.is_of_lake_formation()) return {};
  WEIR_TRY(auto principals, records.principals(share));
  WEIR_TRY(auto resources, records.resources(share));
  return principals.empty() || resources.empty() ? records.erase(share) : base::Status();
}

base::Result<std::vector<ShownAssociation>> read_back(Call& call, const Asked& asked) {
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  ShareRecords records(*tx);
  std::vector<ShownAssociation> out;
  for (const auto& receiver : asked.words.receivers) {
    WEIR_TRY(auto there, records.find_principal(asked.share, receiver.text));
    if (!there) continue;
    WEIR_TRY(auto invitation, records.find_invitation(*there, asked.share));
    auto state = sharing::association_state(asked.share, *there, invitation ? &*invitation : nullptr,
                                            memberships_of(call), call.now());
    out.push_back(shown(call, asked.share, *there, state));
  }
  for (const auto& resource : asked.words.resources) {
    WEIR_TRY(auto there, records.find_resource(asked.share, resource.text));
    if (there) out.push_back(shown(asked.share, *there));
  }
  return out;
}

std::vector<ShownAssociation> parted(const Call& call, const Asked& asked) {
  std::vector<ShownAssociation> out;
  for (const auto& receiver : asked.words.receivers)
    out.push_back(
        shown(call, asked.share, {receiver.text, receiver.account, "", call.now()}, AssociationState::disassociated));
  for (const auto& resource : asked.words.resources)
    out.push_back(shown(asked.share, ResourceAssociation{resource.text, call.now()}));
  for (auto& one : out) {
    one.state = AssociationState::disassociated;
    one.message.clear();
  }
  return out;
}

}  // namespace

base::Result<std::vector<ShownAssociation>> associate(Call& call, const AssociationChange& change) {
  WEIR_TRY(auto asked, read_and_authorize(call, "ram:AssociateResourceShare", change));
  WEIR_CHECK_OK(check_not_of_lake_formation(asked.share));
  auto body = [&](store::Transaction& tx) -> base::Result<std::string> {
    WEIR_TRY(auto share, unchanged_share(tx, asked.share));
    WEIR_CHECK_OK(join(call, tx, std::move(share), asked.words));
    return change.share;
  };
  WEIR_CHECK_OK(write_once(call, {change.token, parameters_of(change)}, body));
  return read_back(call, asked);
}

base::Result<std::vector<ShownAssociation>> disassociate(Call& call, const AssociationChange& change) {
  WEIR_TRY(auto asked, read_and_authorize(call, "ram:DisassociateResourceShare", change));
  auto body = [&](store::Transaction& tx) -> base::Result<std::string> {
    WEIR_TRY(auto share, unchanged_share(tx, asked.share));
    WEIR_CHECK_OK(part(tx, share, asked.words));
    WEIR_CHECK_OK(erase_if_spent(tx, share));
    return change.share;
  };
  WEIR_CHECK_OK(write_once(call, {change.token, parameters_of(change)}, body));
  return parted(call, asked);
}

base::Result<std::vector<ShownAssociation>> list_associations(Call& call, const AssociationFilter& filter) {
  WEIR_CHECK_OK(call.authorize({.action = "ram:GetResourceShareAssociations"}));
  WEIR_TRY(auto own, shares_on_side(call, ShareSide::owned, filter.shares));
  const auto& shares = call.state().shares;
  auto memberships = memberships_of(call);
  std::vector<ShownAssociation> out;
  auto add = [&](ShownAssociation one) {
    if (filter.entity && one.entity != *filter.entity) return;
    if (filter.state && to_string(one.state) != *filter.state) return;
    out.push_back(std::move(one));
  };
  for (const auto* share : own) {
    if (filter.type == AssociationType::resource) {
      for (const auto& one : shares.resources_of(*share)) add(shown(*share, one));
    } else {
      for (const auto& one : shares.principals_of(*share))
        add(shown(call, *share, one, shares.state_of(*share, one, memberships, call.now())));
    }
  }
  return out;
}

}  // namespace weir::app
