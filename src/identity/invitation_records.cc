#include "identity/invitation_records.h"

#include "identity/organization_keys.h"

namespace weir::identity {
namespace {

constexpr auto kOpenFor = std::chrono::hours(24 * 15);

}  // namespace

base::Result<std::vector<Invitation>> InvitationRecords::list(const std::function<bool(const Invitation&)>& wanted) {
  WEIR_TRY(auto entries, all_under(tx_, keys::invitations()));
  std::vector<Invitation> out;
  for (auto& entry : entries) {
    WEIR_TRY(auto invitation, base::decode_record<Invitation>(entry.value));
    if (wanted(invitation)) out.push_back(std::move(invitation));
  }
  return out;
}

base::Result<Invitation> InvitationRecords::create(Invitation wanted, base::Instant now, base::Randomness& randomness) {
  WEIR_TRY(auto open, list([&](const Invitation& other) {
             return other.organization == wanted.organization && other.account == wanted.account &&
                    other.state_at(now) == "OPEN";
           }));
  if (!open.empty())
    return base::already_exists("A handshake with the same action and target already exists.", "handshake");
  wanted.id = new_organization_id("h-", 10, randomness);
  wanted.state = "OPEN";
  wanted.requested = now;
  wanted.expires = now + kOpenFor;
  WEIR_CHECK_OK(save(tx_, keys::invitation(wanted.id), wanted));
  return wanted;
}

base::Result<Invitation> InvitationRecords::get(const std::string& id) {
  WEIR_TRY(auto found, load<Invitation>(tx_, keys::invitation(id)));
  if (!found) return base::not_found("We can't find a handshake with the HandshakeId that you specified.", "handshake");
  return std::move(*found);
}

base::Result<Invitation> InvitationRecords::conclude(Invitation invitation, const std::string& state,
                                                     base::Instant now) {
  auto current = invitation.state_at(now);
  if (current == state)
    return base::conflict("The handshake is already in the state " + state + ".", "handshake state");
  if (current != "OPEN")
    return base::conflict("You can't change a handshake from " + current + " to " + state + ".",
                          "handshake transition");
  invitation.state = state;
  WEIR_CHECK_OK(save(tx_, keys::invitation(invitation.id), invitation));
  return invitation;
}

}  // namespace weir::identity
