// Shares, their associations and their invitations, written and read inside a transaction.
//
// Kinds of refusal (`about` names the noun):
//   invalid about "arn"        not the ARN of such a thing
//   not_found                  about "share" or "invitation"
//   conflict                   about "accepted" or "rejected": the invitation was answered before
//   expired about "invitation" nobody answered it in time
//
// Threads: as the transaction, one at a time.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sharing/receiver.h"
#include "sharing/share.h"
#include "store/store.h"

namespace weir::sharing {

base::Error no_such_share(std::string_view arn);
base::Error no_such_invitation(std::string_view arn);

class ShareRecords {
 public:
  explicit ShareRecords(store::Transaction& tx) : tx_(tx) {}

  // Gives it its id and times; takes its lake slot when it has one.
  base::Result<Share> create(Share wanted, base::Instant now, base::Randomness& randomness);
  base::Result<Share> get(std::string_view arn);
  base::Result<std::optional<Share>> find(std::string_view arn);
  // The share that Lake Formation made for the slot.
  base::Result<std::optional<Share>> find_slot(std::string_view owner, std::string_view slot);
  base::Status save(Share share, base::Instant now);
  // With its associations and invitations.
  base::Status erase(const Share& share);

  base::Result<std::vector<PrincipalAssociation>> principals(const Share& share);
  base::Result<std::optional<PrincipalAssociation>> find_principal(const Share& share, std::string_view principal);
  // In place of the one that is there, whose invitation is gone then.
  base::Result<PrincipalAssociation> put_member(const Share& share, const Receiver& receiver, base::Instant now);
  base::Result<PrincipalAssociation> put_invited(const Share& share, const Receiver& receiver, base::Instant now,
                                                 base::Seconds open_for, base::Randomness& randomness);
  base::Status erase_principal(const Share& share, const PrincipalAssociation& association);

  base::Result<std::vector<ResourceAssociation>> resources(const Share& share);
  base::Result<std::optional<ResourceAssociation>> find_resource(const Share& share, std::string_view resource);
  base::Result<ResourceAssociation> put_resource(const Share& share, std::string_view resource, base::Instant now);
  base::Status erase_resource(const Share& share, std::string_view resource);

  base::Result<Invitation> get_invitation(std::string_view arn);
  base::Result<std::optional<Invitation>> find_invitation(const PrincipalAssociation& association, const Share& share);
  // The association stands, or fails, from then on.
  base::Result<Invitation> accept(Invitation invitation, base::Instant now);
  base::Result<Invitation> reject(Invitation invitation, base::Instant now);

 private:
  base::Status put_association(const Share& share, const PrincipalAssociation& association);
  base::Status save_invitation(const Invitation& invitation);

  store::Transaction& tx_;
};

}  // namespace weir::sharing
