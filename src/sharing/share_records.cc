#include "sharing/share_records.h"

#include "sharing/share_keys.h"
#include "store/record_access.h"

namespace weir::sharing {
namespace {

constexpr size_t kQuotedMax = 256;

// The share that holds a slot.
struct SlotHolder {
  std::string share;
};
WEIR_RECORD(SlotHolder, FIELD("Share", &SlotHolder::share))

template <base::Record T>
base::Result<std::vector<T>> load_all(store::Transaction& tx, const std::string& prefix) {
  WEIR_TRY(auto entries, tx.scan(store::prefix_range(prefix), SIZE_MAX));
  std::vector<T> out;
  for (const auto& entry : entries) {
    WEIR_TRY(auto value, base::decode_record<T>(entry.value));
    out.push_back(std::move(value));
  }
  return out;
}

base::Status check_open(const Invitation& invitation, base::Instant now) {
  switch (invitation.state_at(now)) {
    case InvitationState::pending: return {};
    case InvitationState::accepted:
      return base::conflict("The invitation " + invitation.arn() + " was already accepted.", "accepted");
    case InvitationState::rejected:
      return base::conflict("The invitation " + invitation.arn() + " was already rejected.", "rejected");
    case InvitationState::expired: break;
  }
  return base::fail(base::Kind::expired, "The invitation " + invitation.arn() + " has expired.", "invitation");
}

}  // namespace

base::Error no_such_share(std::string_view arn) {
  return base::not_found("ResourceShare " + std::string(arn.substr(0, kQuotedMax)) + " could not be found.", "share");
}

base::Error no_such_invitation(std::string_view arn) {
  return base::not_found("The invitation " + std::string(arn.substr(0, kQuotedMax)) + " could not be found.",
                         "invitation");
}

base::Result<Share> ShareRecords::create(Share wanted, base::Instant now, base::Randomness& randomness) {
  wanted.id = base::uuid(randomness);
  wanted.created = now;
  if (wanted.is_of_lake_formation())
    WEIR_CHECK_OK(
        tx_.put(keys::slot(wanted.owner.text(), wanted.lake_slot), base::encode_record(SlotHolder{wanted.arn()})));
  WEIR_CHECK_OK(save(wanted, now));
  wanted.updated = now;
  return wanted;
}

base::Result<std::optional<Share>> ShareRecords::find(std::string_view arn) {
  WEIR_TRY(auto named, parse_share_arn(arn));
  WEIR_TRY(auto share, store::load<Share>(tx_, keys::share(named.owner, named.id)));
  if (share && share->arn() != arn) share.reset();
  return share;
}

base::Result<Share> ShareRecords::get(std::string_view arn) {
  WEIR_TRY(auto share, find(arn));
  if (!share) return no_such_share(arn);
  return std::move(*share);
}

base::Result<std::optional<Share>> ShareRecords::find_slot(std::string_view owner, std::string_view slot) {
  WEIR_TRY(auto holder, store::load<SlotHolder>(tx_, keys::slot(owner, slot)));
  if (!holder) return std::optional<Share>();
  return find(holder->share);
}

base::Status ShareRecords::save(Share share, base::Instant now) {
  share.updated = now;
  return tx_.put(keys::share(share.owner.text(), share.id), base::encode_record(share));
}

base::Status ShareRecords::erase(const Share& share) {
  WEIR_TRY(auto principals, this->principals(share));
  for (const auto& one : principals) WEIR_CHECK_OK(erase_principal(share, one));
  WEIR_TRY(auto resources, this->resources(share));
  for (const auto& one : resources) WEIR_CHECK_OK(erase_resource(share, one.resource));
  const auto& owner = share.owner.text();
  if (share.is_of_lake_formation()) WEIR_CHECK_OK(tx_.erase(keys::slot(owner, share.lake_slot)));
  return tx_.erase(keys::share(owner, share.id));
}

base::Result<std::vector<PrincipalAssociation>> ShareRecords::principals(const Share& share) {
  return load_all<PrincipalAssociation>(tx_, keys::principals(share.owner.text(), share.id));
}

base::Result<std::optional<PrincipalAssociation>> ShareRecords::find_principal(const Share& share,
                                                                               std::string_view principal) {
  return store::load<PrincipalAssociation>(tx_, keys::principal(share.owner.text(), share.id, principal));
}

base::Status ShareRecords::put_association(const Share& share, const PrincipalAssociation& association) {
  WEIR_TRY(auto before, find_principal(share, association.principal));
  if (before) WEIR_CHECK_OK(erase_principal(share, *before));
  return tx_.put(keys::principal(share.owner.text(), share.id, association.principal),
                 base::encode_record(association));
}

base::Result<PrincipalAssociation> ShareRecords::put_member(const Share& share, const Receiver& receiver,
                                                            base::Instant now) {
  PrincipalAssociation out{receiver.text, receiver.account, "", now};
  WEIR_CHECK_OK(put_association(share, out));
  return out;
}

base::Result<PrincipalAssociation> ShareRecords::put_invited(const Share& share, const Receiver& receiver,
                                                             base::Instant now, base::Seconds open_for,
                                                             base::Randomness& randomness) {
  Invitation invitation;
  invitation.id = base::uuid(randomness);
  invitation.sender = share.owner;
  invitation.region = share.region;
  invitation.share = share.id;
  invitation.share_name = share.name;
  WEIR_TRY(invitation.receiver, names::AccountId::parse(receiver.account));
  invitation.principal = receiver.text;
  invitation.sent = now;
  invitation.expires = now + open_for;
  PrincipalAssociation out{receiver.text, receiver.account, invitation.id, now};
  WEIR_CHECK_OK(put_association(share, out));
  WEIR_CHECK_OK(save_invitation(invitation));
  return out;
}

base::Status ShareRecords::erase_principal(const Share& share, const PrincipalAssociation& association) {
  const auto& owner = share.owner.text();
  if (!association.by_membership()) WEIR_CHECK_OK(tx_.erase(keys::invitation(owner, association.invitation)));
  return tx_.erase(keys::principal(owner, share.id, association.principal));
}

base::Result<std::vector<ResourceAssociation>> ShareRecords::resources(const Share& share) {
  return load_all<ResourceAssociation>(tx_, keys::resources(share.owner.text(), share.id));
}

base::Result<std::optional<ResourceAssociation>> ShareRecords::find_resource(const Share& share,
                                                                             std::string_view resource) {
  return store::load<ResourceAssociation>(tx_, keys::resource(share.owner.text(), share.id, resource));
}

base::Result<ResourceAssociation> ShareRecords::put_resource(const Share& share, std::string_view resource,
                                                             base::Instant now) {
  ResourceAssociation out{std::string(resource), now};
  WEIR_CHECK_OK(tx_.put(keys::resource(share.owner.text(), share.id, resource), base::encode_record(out)));
  return out;
}

base::Status ShareRecords::erase_resource(const Share& share, std::string_view resource) {
  return tx_.erase(keys::resource(share.owner.text(), share.id, resource));
}

base::Result<Invitation> ShareRecords::get_invitation(std::string_view arn) {
  WEIR_TRY(auto named, parse_invitation_arn(arn));
  WEIR_TRY(auto found, store::load<Invitation>(tx_, keys::invitation(named.owner, named.id)));
  if (!found || found->arn() != arn) return no_such_invitation(arn);
  return std::move(*found);
}

base::Result<std::optional<Invitation>> ShareRecords::find_invitation(const PrincipalAssociation& association,
                                                                      const Share& share) {
  if (association.by_membership()) return std::optional<Invitation>();
  return store::load<Invitation>(tx_, keys::invitation(share.owner.text(), association.invitation));
}

base::Status ShareRecords::save_invitation(const Invitation& invitation) {
  return tx_.put(keys::invitation(invitation.sender.text(), invitation.id), base::encode_record(invitation));
}

base::Result<Invitation> ShareRecords::accept(Invitation invitation, base::Instant now) {
  WEIR_CHECK_OK(check_open(invitation, now));
  invitation.accepted = true;
  invitation.answered = now;
  WEIR_CHECK_OK(save_invitation(invitation));
  return invitation;
}

base::Result<Invitation> ShareRecords::reject(Invitation invitation, base::Instant now) {
  WEIR_CHECK_OK(check_open(invitation, now));
  invitation.rejected = true;
  invitation.answered = now;
  WEIR_CHECK_OK(save_invitation(invitation));
  return invitation;
}

}  // namespace weir::sharing
