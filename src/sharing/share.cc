#include "sharing/share.h"

namespace weir::sharing {
namespace {

constexpr std::string_view kShare = "resource-share/", kInvitation = "resource-share-invitation/";
constexpr size_t kQuotedMax = 256;

std::string ram_arn(std::string_view region, std::string_view account, std::string_view kind, std::string_view id) {
  return std::string("arn:aws:ram:").append(region).append(":").append(account).append(":").append(kind).append(id);
}

base::Result<NamedByArn> parse(std::string_view text, std::string_view kind) {
  auto arn = names::Arn::parse(text);
  bool good = arn.ok() && arn->partition == "aws" && arn->service == "ram" && names::is_account_id(arn->account) &&
              arn->resource.starts_with(kind) && arn->resource.size() > kind.size();
  if (!good)
    return base::invalid("The specified resource ARN " + std::string(text.substr(0, kQuotedMax)) + " is not valid.",
                         "arn");
  return NamedByArn{arn->account, arn->resource.substr(kind.size())};
}

}  // namespace

std::string_view to_string(AssociationState state) {
  switch (state) {
    case AssociationState::associating: return "ASSOCIATING";
    case AssociationState::associated: return "ASSOCIATED";
    case AssociationState::failed: return "FAILED";
    case AssociationState::disassociated: return "DISASSOCIATED";
  }
  return "FAILED";
}

std::string_view to_string(InvitationState state) {
  switch (state) {
    case InvitationState::pending: return "PENDING";
    case InvitationState::accepted: return "ACCEPTED";
    case InvitationState::rejected: return "REJECTED";
    case InvitationState::expired: return "EXPIRED";
  }
  return "EXPIRED";
}

std::string Share::arn() const { return share_arn(region, owner.text(), id); }

const SharePermission* Share::permission_for(std::string_view resource_type) const {
  for (const auto& permission : permissions)
    if (permission.resource_type == resource_type) return &permission;
  return nullptr;
}

std::string Invitation::arn() const { return ram_arn(region, sender.text(), kInvitation, id); }
std::string Invitation::share_arn() const { return sharing::share_arn(region, sender.text(), share); }

InvitationState Invitation::state_at(base::Instant now) const {
  if (rejected) return InvitationState::rejected;
  if (accepted) return InvitationState::accepted;
  return now < expires ? InvitationState::pending : InvitationState::expired;
}

std::string share_arn(std::string_view region, std::string_view owner, std::string_view id) {
  return ram_arn(region, owner, kShare, id);
}

base::Result<NamedByArn> parse_share_arn(std::string_view text) { return parse(text, kShare); }
base::Result<NamedByArn> parse_invitation_arn(std::string_view text) { return parse(text, kInvitation); }

}  // namespace weir::sharing
