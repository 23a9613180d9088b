#include "app/sharing/lake_shares.h"

#include "app/sharing/share_asks.h"
#include "app/sharing/share_joining.h"

namespace weir::app {

using sharing::Receiver;
using sharing::ReceiverKind;
using sharing::Share;
using sharing::Shareable;
using sharing::ShareRecords;

namespace {

constexpr int kVersionOfPrincipals = 3;

// A request that is read.
struct Read {
  names::AccountId owner;
  Receiver receiver;
  Shareable resource;
  std::string slot;
};

base::Status check_version(const LakeShareRequest& request, const Receiver& receiver) {
  int version = request.cross_account_version;
  if (version < sharing::kCrossAccountVersionMin || version > sharing::kCrossAccountVersionMax)
    return base::invalid("There is no cross-account version " + std::to_string(version) + ".", "version");
  if (version >= kVersionOfPrincipals || receiver.kind != ReceiverKind::iam_principal) return {};
  return base::invalid("Principals of other accounts can be shared with from cross-account version 3 on.", "version");
}

base::Result<Read> read(const LakeShareRequest& request) {
  Read out;
  WEIR_TRY(out.owner, names::AccountId::parse(request.owner));
  WEIR_TRY(out.receiver, Receiver::parse(request.principal));
  WEIR_TRY(out.resource, Shareable::parse(request.resource));
  WEIR_CHECK_OK(check_version(request, out.receiver));
  out.slot = sharing::lake_slot(request.kind, out.receiver, out.resource.text, request.cross_account_version);
  return out;
}

base::Result<Share> share_for(Call& call, store::Transaction& tx, const LakeShareRequest& request, const Read& read) {
  ShareRecords records(tx);
  WEIR_TRY(auto there, records.find_slot(request.owner, read.slot));
  if (there) return std::move(*there);
  Share wanted;
  wanted.owner = read.owner;
  wanted.region = call.lake().region;
  wanted.name = sharing::lake_share_name(request.cross_account_version, call.lake().randomness);
  wanted.lake_slot = read.slot;
  wanted.permissions.push_back(
      {std::string(sharing::lake_permission(request.kind)), std::string(to_string(read.resource.type)), call.now()});
  return records.create(std::move(wanted), call.now(), call.lake().randomness);
}

base::Result<bool> is_empty(ShareRecords& records, const Share& share) {
  WEIR_TRY(auto principals, records.principals(share));
  WEIR_TRY(auto resources, records.resources(share));
  return principals.empty() || resources.empty();
}

base::Status drop_principal(ShareRecords& records, const Share& share, const std::string& principal) {
  WEIR_TRY(auto receiver, Receiver::parse(principal));
  WEIR_TRY(auto association, records.find_principal(share, receiver.text));
  if (!association) return {};
  return records.erase_principal(share, *association);
}

// The share of the slot in the State of the call.
const Share* share_in(const Call& call, const Read& read) {
  for (const auto* share : call.state().shares.owned_by(read.owner.text()))
    if (share->lake_slot == read.slot) return share;
  return nullptr;
}

}  // namespace

base::Result<std::vector<Ask>> asks_of_attaching(const Call& call, const LakeShareRequest& request) {
  WEIR_TRY(auto read, app::read(request));
  ShareDeed deed{"ram:CreateResourceShare", share_in(call, read), {read.resource.text}, {read.receiver.text}};
  if (deed.share) {
    deed.action = "ram:AssociateResourceShare";
  } else {
    deed.wants_external = true;
  }
  return asks_about(deed);
}

base::Result<std::string> attach(Call& call, store::Transaction& tx, const LakeShareRequest& request) {
  WEIR_TRY(auto read, app::read(request));
  WEIR_TRY(auto share, share_for(call, tx, request, read));
  WEIR_CHECK_OK(join_principal(call, tx, share, read.receiver));
  WEIR_CHECK_OK(join_resource(call, tx, share, read.resource));
  return share.arn();
}

base::Status detach(store::Transaction& tx, const Detachment& detachment) {
  ShareRecords records(tx);
  WEIR_TRY(auto share, records.find(detachment.share));
  if (!share) return {};
  if (!share->is_of_lake_formation()) return base::internal("a share that Lake Formation did not make is not its own");
  WEIR_TRY(auto resource, Shareable::parse(detachment.resource));
  if (!detachment.resource_still_granted) WEIR_CHECK_OK(records.erase_resource(*share, resource.text));
  if (!detachment.anything_still_granted_in_share) WEIR_CHECK_OK(drop_principal(records, *share, detachment.principal));
  WEIR_TRY(bool empty, is_empty(records, *share));
  if (empty) return records.erase(*share);
  return {};
}

}  // namespace weir::app
