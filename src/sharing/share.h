// What resource sharing keeps: a share, who it is associated with, what is in it, and the invitations it sent.
//
// A share connects all of its principals with all of its resources. It gives nobody a permission: it is the channel
// without which the permissions that Lake Formation granted across accounts mean nothing.
//
// Invariants:
//  1. Whether an association is in force is never stored. It follows from what is: its footing, the answer to its
//     invitation, and, asked at the moment, the organizations.
//  2. An invitation is open for one time span, fixed when it was sent.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/record.h"
#include "names/arn.h"

namespace weir::sharing {

// Exactly the states that a synchronous service can be in; the wire knows more.
enum class AssociationState { associating, associated, failed, disassociated };
enum class InvitationState { pending, accepted, rejected, expired };
std::string_view to_string(AssociationState state);
std::string_view to_string(InvitationState state);

// A managed permission of the share; one for each type of resource.
struct SharePermission {
  std::string name;
  std::string resource_type;
  base::Instant updated{};
};
WEIR_RECORD(SharePermission, FIELD("Name", &SharePermission::name), FIELD("Type", &SharePermission::resource_type),
            FIELD("Updated", &SharePermission::updated))

struct Share {
  std::string id;  // a UUID
  names::AccountId owner;
  std::string region;
  std::string name;
  bool allows_external = true;
  std::string lake_slot;  // set where Lake Formation made it: what it is for (lake_slot.h)
  std::map<std::string, std::string> tags;
  std::vector<SharePermission> permissions;
  base::Instant created{};
  base::Instant updated{};

  std::string arn() const;
  bool is_of_lake_formation() const { return !lake_slot.empty(); }
  const SharePermission* permission_for(std::string_view resource_type) const;
};
WEIR_RECORD(Share, FIELD("Id", &Share::id), FIELD("Owner", &Share::owner), FIELD("Region", &Share::region),
            FIELD("Name", &Share::name), FIELD("External", &Share::allows_external),
            FIELD("LakeSlot", &Share::lake_slot), FIELD("Tags", &Share::tags),
            FIELD("Permissions", &Share::permissions), FIELD("Created", &Share::created),
            FIELD("Updated", &Share::updated))

struct PrincipalAssociation {
  std::string principal;   // an account id, or the ARN of a user, role, organization or unit
  std::string receiver;    // the account that receives; empty for organizations and units
  std::string invitation;  // its id; empty: on the footing of membership in the owner's organization
  base::Instant created{};

  bool is_collective() const { return receiver.empty(); }
  bool by_membership() const { return invitation.empty(); }
  bool is_whole_account() const { return principal == receiver; }
};
WEIR_RECORD(PrincipalAssociation, FIELD("Principal", &PrincipalAssociation::principal),
            FIELD("Receiver", &PrincipalAssociation::receiver), FIELD("Invitation", &PrincipalAssociation::invitation),
            FIELD("Created", &PrincipalAssociation::created))

struct ResourceAssociation {
  std::string resource;  // an ARN
  base::Instant created{};
};
WEIR_RECORD(ResourceAssociation, FIELD("Resource", &ResourceAssociation::resource),
            FIELD("Created", &ResourceAssociation::created))

struct Invitation {
  std::string id;  // a UUID
  names::AccountId sender;
  std::string region;
  std::string share;  // its id
  std::string share_name;
  names::AccountId receiver;
  std::string principal;
  bool accepted = false;
  bool rejected = false;
  base::Instant sent{};
  base::Instant expires{};
  base::Instant answered{};

  std::string arn() const;
  std::string share_arn() const;
  InvitationState state_at(base::Instant now) const;
};
WEIR_RECORD(Invitation, FIELD("Id", &Invitation::id), FIELD("Sender", &Invitation::sender),
            FIELD("Region", &Invitation::region), FIELD("Share", &Invitation::share),
            FIELD("ShareName", &Invitation::share_name), FIELD("Receiver", &Invitation::receiver),
            FIELD("Principal", &Invitation::principal), FIELD("Accepted", &Invitation::accepted),
            FIELD("Rejected", &Invitation::rejected), FIELD("Sent", &Invitation::sent),
            FIELD("Expires", &Invitation::expires), FIELD("Answered", &Invitation::answered))

// arn:aws:ram:REGION:OWNER:resource-share/ID
std::string share_arn(std::string_view region, std::string_view owner, std::string_view id);

// The owner and the id in the ARN of a share or an invitation. invalid about "arn" when it is not one.
struct NamedByArn {
  std::string owner;
  std::string id;
};
base::Result<NamedByArn> parse_share_arn(std::string_view text);
base::Result<NamedByArn> parse_invitation_arn(std::string_view text);

}  // namespace weir::sharing
