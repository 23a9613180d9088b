#include "app/sharing/share_invitations.h"

#include <algorithm>

#include "app/request_token.h"
#include "sharing/share_records.h"
#include "sharing/shares.h"

namespace weir::app {

using sharing::Invitation;
using sharing::InvitationState;
using sharing::ShareRecords;

namespace {

bool is_to(const Call& call, const Invitation& invitation) {
  return invitation.receiver.text() == call.caller().account();
}

// The condition key is there when the invitation is the caller's to know.
base::Status authorize_about(Call& call, const std::string& action, const std::string& arn) {
  call.about("resourceShareInvitationArn", arn);
  WEIR_CHECK_OK(sharing::parse_invitation_arn(arn));
  Ask ask{.action = action, .resource = arn};
  const auto* invitation = call.state().shares.find_invitation(arn);
  if (invitation && is_to(call, *invitation)) ask.extra.set("ram:ShareOwnerAccountId", invitation->sender.text());
  return call.authorize(ask);
}

base::Result<Invitation> find(store::Transaction& tx, const Call& call, const std::string& arn) {
  WEIR_TRY(auto invitation, ShareRecords(tx).get_invitation(arn));
  if (!is_to(call, invitation)) return sharing::no_such_invitation(arn);
  return invitation;
}

base::Status check_known(const std::vector<Invitation>& own, const std::vector<std::string>& arns) {
  for (const auto& arn : arns) {
    WEIR_CHECK_OK(sharing::parse_invitation_arn(arn));
    if (std::ranges::find(own, arn, &Invitation::arn) == own.end()) return sharing::no_such_invitation(arn);
  }
  return {};
}

bool is_among(const std::vector<std::string>& texts, const std::string& text) {
  return texts.empty() || std::ranges::find(texts, text) != texts.end();
}

base::Status check_pending(const Invitation& invitation, base::Instant now) {
  switch (invitation.state_at(now)) {
    case InvitationState::pending: return {};
    case InvitationState::accepted:
      return base::invalid("The invitation " + invitation.arn() + " was accepted: list the resources.", "parameter");
    case InvitationState::rejected:
      return base::conflict("The invitation " + invitation.arn() + " was rejected.", "rejected");
    case InvitationState::expired: break;
  }
  return base::fail(base::Kind::expired, "The invitation " + invitation.arn() + " has expired.", "invitation");
}

}  // namespace

base::Result<std::vector<Invitation>> list_share_invitations(Call& call, const ShareInvitationFilter& filter) {
  WEIR_CHECK_OK(call.authorize({.action = "ram:GetResourceShareInvitations"}));
  auto own = call.state().shares.invitations_to(call.caller().account());
  WEIR_CHECK_OK(check_known(own, filter.invitations));
  for (const auto& arn : filter.shares) WEIR_CHECK_OK(sharing::parse_share_arn(arn));
  std::erase_if(own, [&](const Invitation& one) {
    return !is_among(filter.invitations, one.arn()) || !is_among(filter.shares, one.share_arn());
  });
  return own;
}

base::Result<Invitation> answer_share_invitation(Call& call, const std::string& arn, InvitationAnswer answer,
                                                 const std::optional<std::string>& token) {
  bool accepts = answer == InvitationAnswer::accept;
  WEIR_CHECK_OK(
      authorize_about(call, accepts ? "ram:AcceptResourceShareInvitation" : "ram:RejectResourceShareInvitation", arn));
  auto body = [&](store::Transaction& tx) -> base::Result<std::string> {
    WEIR_TRY(auto invitation, find(tx, call, arn));
    ShareRecords records(tx);
    WEIR_CHECK_OK(accepts ? records.accept(std::move(invitation), call.now())
                          : records.reject(std::move(invitation), call.now()));
    return arn;
  };
  WEIR_CHECK_OK(write_once(call, {token, base::Json::object().set("invitation", arn)}, body));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  return find(*tx, call, arn);
}

base::Result<PendingResources> list_pending_resources(Call& call, const std::string& arn) {
  WEIR_CHECK_OK(authorize_about(call, "ram:ListPendingInvitationResources", arn));
  const auto& shares = call.state().shares;
  const auto* invitation = shares.find_invitation(arn);
  if (!invitation || !is_to(call, *invitation)) return sharing::no_such_invitation(arn);
  WEIR_CHECK_OK(check_pending(*invitation, call.now()));
  const auto* share = shares.find(invitation->share_arn());
  if (!share) return sharing::no_such_invitation(arn);
  return PendingResources{*share, shares.resources_of(*share)};
}

}  // namespace weir::app
