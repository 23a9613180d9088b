// Invitations to resource shares, as the invited account sees and answers them.
//
// Only the account that an invitation is to may know of it. An invitation to a single user or role of an account is
// the account's to answer.
//
// Threads: as the Call.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "app/call.h"
#include "sharing/share.h"

namespace weir::app {

struct ShareInvitationFilter {
  std::vector<std::string> invitations = {};  // ARNs; each must be there
  std::vector<std::string> shares = {};       // ARNs
};
base::Result<std::vector<sharing::Invitation>> list_share_invitations(Call& call, const ShareInvitationFilter& filter);

enum class InvitationAnswer { accept, reject };
base::Result<sharing::Invitation> answer_share_invitation(Call& call, const std::string& arn, InvitationAnswer answer,
                                                          const std::optional<std::string>& token);

// What an open invitation is about.
struct PendingResources {
  sharing::Share share;
  std::vector<sharing::ResourceAssociation> resources;
};
base::Result<PendingResources> list_pending_resources(Call& call, const std::string& arn);

}  // namespace weir::app
