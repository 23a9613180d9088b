#include "services/organizations/handshake_operations.h"

#include "app/organizations/organization_invitations.h"
#include "services/organizations/shapes.h"

namespace weir::services::organizations {
namespace {

w::HandshakeResource resource(std::string type, std::string value) {
  w::HandshakeResource out;
  out.Type = std::move(type);
  out.Value = std::move(value);
  return out;
}

w::Handshake to_wire(const app::ShownInvitation& shown) {
  const auto& invitation = shown.invitation;
  bool by_email = invitation.target != invitation.account.text();
  auto organization = resource("ORGANIZATION", invitation.organization);
  if (!shown.management_email.empty())
    organization.Resources.push_back(resource("MASTER_EMAIL", shown.management_email));
  if (!shown.management_name.empty()) organization.Resources.push_back(resource("MASTER_NAME", shown.management_name));
  organization.Resources.push_back(resource("ORGANIZATION_FEATURE_SET", "ALL"));
  w::Handshake out;
  out.Id = invitation.id;
  out.Arn = invitation.arn();
  out.Action = "INVITE";
  out.State = shown.state;
  out.RequestedTimestamp = invitation.requested;
  out.ExpirationTimestamp = invitation.expires;
  out.Parties.push_back({.Id = invitation.organization.substr(2), .Type = "ORGANIZATION"});
  out.Parties.push_back({.Id = invitation.target, .Type = by_email ? "EMAIL" : "ACCOUNT"});
  out.Resources.push_back(std::move(organization));
  out.Resources.push_back(resource(by_email ? "EMAIL" : "ACCOUNT", invitation.target));
  if (!invitation.notes.empty()) out.Resources.push_back(resource("NOTES", invitation.notes));
  return out;
}

template <class Out>
base::Result<Out> answered(base::Result<app::ShownInvitation> shown) {
  if (!shown.ok()) return std::move(shown).error();
  Out out;
  out.Handshake = to_wire(*shown);
  return out;
}

template <class Out, class In>
base::Result<Out> listed(const In& in, base::Result<std::vector<app::ShownInvitation>> shown) {
  if (!shown.ok()) return std::move(shown).error();
  // No other action has handshakes here, and none of them has a parent.
  if (in.Filter && (in.Filter->ActionType.value_or("INVITE") != "INVITE" || in.Filter->ParentHandshakeId))
    shown->clear();
  Out out;
  WEIR_CHECK_OK(answer_page(
      in, out, std::move(*shown), [](auto& one) { return one.invitation.id; }, out.Handshakes, to_wire));
  return out;
}

}  // namespace

base::Result<w::InviteAccountToOrganizationResponse> invite_account(app::Call& call,
                                                                    const w::InviteAccountToOrganizationRequest& in) {
  const auto& type = *in.Target->Type;
  if (type != "ACCOUNT" && type != "EMAIL")
    return base::invalid("You can invite an account by its id or its email address.", "INVALID_PARTY_TYPE_TARGET");
  return answered<w::InviteAccountToOrganizationResponse>(
      app::invite_account(call, {*in.Target->Id, type == "EMAIL", in.Notes.value_or(""), from_wire(in.Tags)}));
}

base::Result<w::AcceptHandshakeResponse> accept_handshake(app::Call& call, const w::AcceptHandshakeRequest& in) {
  return answered<w::AcceptHandshakeResponse>(app::accept_invitation(call, *in.HandshakeId));
}

base::Result<w::DeclineHandshakeResponse> decline_handshake(app::Call& call, const w::DeclineHandshakeRequest& in) {
  return answered<w::DeclineHandshakeResponse>(app::decline_invitation(call, *in.HandshakeId));
}

base::Result<w::CancelHandshakeResponse> cancel_handshake(app::Call& call, const w::CancelHandshakeRequest& in) {
  return answered<w::CancelHandshakeResponse>(app::cancel_invitation(call, *in.HandshakeId));
}

base::Result<w::DescribeHandshakeResponse> describe_handshake(app::Call& call, const w::DescribeHandshakeRequest& in) {
  return answered<w::DescribeHandshakeResponse>(app::describe_invitation(call, *in.HandshakeId));
}

base::Result<w::ListHandshakesForAccountResponse> list_for_account(app::Call& call,
                                                                   const w::ListHandshakesForAccountRequest& in) {
  return listed<w::ListHandshakesForAccountResponse>(in, app::list_invitations_of_account(call));
}

base::Result<w::ListHandshakesForOrganizationResponse> list_for_organization(
    app::Call& call, const w::ListHandshakesForOrganizationRequest& in) {
  return listed<w::ListHandshakesForOrganizationResponse>(in, app::list_invitations_of_organization(call));
}

}  // namespace weir::services::organizations
