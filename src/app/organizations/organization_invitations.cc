#include "app/organizations/organization_invitations.h"

#include "app/iam/iam_targets.h"
#include "base/text.h"
#include "identity/account_records.h"
#include "identity/invitation_records.h"

namespace weir::app {

using identity::Invitation;
using identity::InvitationRecords;

namespace {

base::Result<ShownInvitation> shown(store::Transaction& tx, Invitation invitation, base::Instant now) {
  WEIR_TRY(auto account, identity::AccountRecords(tx).get(invitation.management));
  auto state = invitation.state_at(now);
  return ShownInvitation{std::move(invitation), std::move(state), account.email, account.name};
}

base::Error handshake_constraint(std::string says, std::string reason) {
  return base::conflict(std::move(says), std::move(reason));
}

base::Error no_such_account() {
  return base::invalid("You specified an account or email address that is nobody's here.", "INVALID_PARTY_TYPE_TARGET");
}

base::Result<names::AccountId> find_target(store::Transaction& tx, const NewInvitation& wanted) {
  WEIR_TRY(auto entries, identity::all_under(tx, identity::keys::accounts()));
  for (const auto& entry : entries) {
    WEIR_TRY(auto account, base::decode_record<identity::Account>(entry.value));
    if (wanted.by_email ? base::equal_ignoring_case(account.email, wanted.target) : account.id.text() == wanted.target)
      return account.id;
  }
  return no_such_account();
}

base::Result<Invitation> invite(store::Transaction& tx, const identity::Organization& organization,
                                const NewInvitation& wanted, base::Instant now, base::Randomness& randomness) {
  WEIR_TRY(auto account, find_target(tx, wanted));
  WEIR_TRY(auto member, identity::find_membership(tx, account));
  // Of another organization only the account itself shall know; it will hear when it accepts.
  if (member && member->organization == organization.id)
    return handshake_constraint("The invited account is already a member of the organization.",
                                "ALREADY_IN_AN_ORGANIZATION");
  Invitation invitation;
  invitation.organization = organization.id;
  invitation.management = organization.management;
  invitation.account = account;
  invitation.target = wanted.target;
  invitation.notes = wanted.notes;
  invitation.tags = wanted.tags;
  return InvitationRecords(tx).create(std::move(invitation), now, randomness);
}

// The record, when the caller's account is one of those that may know of it.
enum class Party { sender, receiver, either };
bool is_party(const Invitation& invitation, const std::string& account, Party party) {
  bool sends = invitation.management.text() == account, receives = invitation.account.text() == account;
  return party == Party::sender ? sends : party == Party::receiver ? receives : sends || receives;
}

base::Error absent() {
  return base::not_found("We can't find a handshake with the HandshakeId that you specified.", "handshake");
}

base::Result<Invitation> find(store::Transaction& tx, const Call& call, const std::string& id, Party party) {
  WEIR_TRY(auto invitation, InvitationRecords(tx).get(id));
  if (!is_party(invitation, call.caller().account(), party)) return absent();
  return invitation;
}

base::Status authorize_about(Call& call, const std::string& action, const std::string& id, Party party) {
  call.about("handshakeId", id);
  Ask ask{.action = action};
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  if (auto found = find(*tx, call, id, party); found.ok()) ask.resource = found->arn();
  return call.authorize(ask);
}

// Answers an invitation, and does `also` in the same transaction.
template <class Also>
base::Result<ShownInvitation> answer(Call& call, const std::string& id, Party party, const std::string& state,
                                     const Also& also) {
  ShownInvitation out;
  WEIR_CHECK_OK(store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(auto invitation, find(tx, call, id, party));
    WEIR_TRY(auto concluded, InvitationRecords(tx).conclude(std::move(invitation), state, call.now()));
    WEIR_CHECK_OK(also(tx, concluded));
    WEIR_TRY(out, shown(tx, std::move(concluded), call.now()));
    return {};
  }));
  return out;
}

base::Status nothing(store::Transaction&, const Invitation&) { return {}; }

base::Result<std::vector<ShownInvitation>> list(Call& call, Party party) {
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  WEIR_TRY(auto invitations, InvitationRecords(*tx).list([&](const Invitation& invitation) {
    return is_party(invitation, call.caller().account(), party);
  }));
  std::vector<ShownInvitation> out;
  for (auto& invitation : invitations) {
    WEIR_TRY(auto one, shown(*tx, std::move(invitation), call.now()));
    out.push_back(std::move(one));
  }
  return out;
}

}  // namespace

base::Result<ShownInvitation> invite_account(Call& call, const NewInvitation& wanted) {
  call.about("target", wanted.by_email ? "EMAIL" : wanted.target);
  WEIR_CHECK_OK(identity::check_tags(wanted.tags));
  OrganizingDeed deed{"organizations:InviteAccountToOrganization"};
  if (!wanted.by_email) deed.ids.push_back(wanted.target);
  deed.tags = wanted.tags;
  WEIR_TRY(auto organization, authorize_organizing(call, Seat::management, deed));
  ShownInvitation made;
  WEIR_CHECK_OK(change_organization(call, organization, [&](auto& records, auto& tx) -> base::Status {
    WEIR_TRY(auto invitation, invite(tx, records.organization(), wanted, call.now(), call.lake().randomness));
    WEIR_TRY(made, shown(tx, std::move(invitation), call.now()));
    return {};
  }));
  return made;
}

base::Result<ShownInvitation> accept_invitation(Call& call, const std::string& id) {
  WEIR_CHECK_OK(authorize_about(call, "organizations:AcceptHandshake", id, Party::receiver));
  auto join = [&](store::Transaction& tx, const Invitation& invitation) -> base::Status {
    WEIR_TRY(auto organization, identity::get_organization(tx, invitation.organization));
    WEIR_TRY(auto member, identity::find_membership(tx, invitation.account));
    if (member)
      return handshake_constraint("Your account is already a member of an organization.", "ALREADY_IN_AN_ORGANIZATION");
    return identity::OrganizationRecords(tx, std::move(organization))
        .join(invitation.account, true, invitation.tags, call.now());
  };
  return answer(call, id, Party::receiver, "ACCEPTED", join);
}

base::Result<ShownInvitation> decline_invitation(Call& call, const std::string& id) {
  WEIR_CHECK_OK(authorize_about(call, "organizations:DeclineHandshake", id, Party::receiver));
  return answer(call, id, Party::receiver, "DECLINED", nothing);
}

base::Result<ShownInvitation> cancel_invitation(Call& call, const std::string& id) {
  WEIR_CHECK_OK(authorize_about(call, "organizations:CancelHandshake", id, Party::sender));
  return answer(call, id, Party::sender, "CANCELED", nothing);
}

base::Result<ShownInvitation> describe_invitation(Call& call, const std::string& id) {
  WEIR_CHECK_OK(authorize_about(call, "organizations:DescribeHandshake", id, Party::either));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  WEIR_TRY(auto invitation, find(*tx, call, id, Party::either));
  return shown(*tx, std::move(invitation), call.now());
}

base::Result<std::vector<ShownInvitation>> list_invitations_of_account(Call& call) {
  WEIR_CHECK_OK(call.authorize({.action = "organizations:ListHandshakesForAccount"}));
  return list(call, Party::receiver);
}

base::Result<std::vector<ShownInvitation>> list_invitations_of_organization(Call& call) {
  WEIR_TRY(auto organization,
           authorize_organizing(call, Seat::reader, {"organizations:ListHandshakesForOrganization"}));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  WEIR_TRY(auto invitations, InvitationRecords(*tx).list([&](const Invitation& invitation) {
    return invitation.organization == organization.id;
  }));
  std::vector<ShownInvitation> out;
  for (auto& invitation : invitations) {
    WEIR_TRY(auto one, shown(*tx, std::move(invitation), call.now()));
    out.push_back(std::move(one));
  }
  return out;
}

}  // namespace weir::app
