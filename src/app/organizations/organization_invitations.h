// Invitations into an organization: sent by the management account, answered by the invited one.
//
// Who is neither of the two learns nothing of an invitation, not even that it is there.
//
// Threads: as the Call.
#pragma once
#include "app/organizations/organizations.h"

namespace weir::app {

struct ShownInvitation {
  identity::Invitation invitation;
  std::string state;  // of now
  std::string management_email;
  std::string management_name;
};

struct NewInvitation {
  std::string target;  // an account id, or the e-mail address of one
  bool by_email = false;
  std::string notes;
  identity::Tags tags = {};
};

base::Result<ShownInvitation> invite_account(Call& call, const NewInvitation& wanted);
base::Result<ShownInvitation> accept_invitation(Call& call, const std::string& id);
base::Result<ShownInvitation> decline_invitation(Call& call, const std::string& id);
base::Result<ShownInvitation> cancel_invitation(Call& call, const std::string& id);
base::Result<ShownInvitation> describe_invitation(Call& call, const std::string& id);
base::Result<std::vector<ShownInvitation>> list_invitations_of_account(Call& call);
base::Result<std::vector<ShownInvitation>> list_invitations_of_organization(Call& call);

}  // namespace weir::app
