// Every resource share in memory, as of one commit: who receives what from whom.
//
// A value whose copies share almost everything, folded from the store's changes; app::State holds it.
//
// Invariants:
//  1. What cannot be read gives nothing: a share, association or invitation that does not parse is as if it were not
//     there.
//  2. Membership is asked when the question is: who has left the organization receives nothing on that footing from
//     that moment on.
//  3. An owner never receives its own share.
//  4. Folding change by change, in any order of the keys, ends as loading does.
//
// Threads: readers share a const Shares freely; apply() belongs to the one who makes the next.
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/shared_map.h"
#include "base/text.h"
#include "sharing/memberships.h"
#include "sharing/share.h"

namespace weir::sharing {

// The state of an association whose invitation (null: it has none, or it is gone) is as given.
AssociationState association_state(const Share& share, const PrincipalAssociation& association,
                                   const Invitation* invitation, const Memberships& memberships, base::Instant now);

// ARNs of shares, in order: through which an account has access now as an account or as a member of an organization or
// unit; and through which some of its principals have it themselves. A share may be in both.
struct ReceivedShares {
  std::vector<std::string> by_account, by_principals;
  bool operator==(const ReceivedShares&) const = default;
};

class Shares {
 public:
  // `parts` of a store key under "ram"; passes over what is not its own.
  void apply(const std::vector<std::string>& parts, const std::optional<std::string>& value);

  // Null when there is none, or it cannot be read.
  const Share* find(std::string_view arn) const;

  // The shares of `owner` through which `account`, or one of `principals` (ARNs of users and roles in that account), has
  // access now.
  ReceivedShares received(std::string_view owner, std::string_view account, const std::vector<std::string>& principals,
                          const Memberships& memberships) const;
  // The accounts, in order, that share anything with it or them.
  std::vector<std::string> owners_sharing_with(std::string_view account, const std::vector<std::string>& principals,
                                               const Memberships& memberships) const;
  // The same question about one share.
  bool receives(std::string_view arn, std::string_view account, const std::vector<std::string>& principals,
                const Memberships& memberships) const;
  // Whether the resource is in the share. `resource` is the text of a Shareable.
  bool carries(std::string_view arn, std::string_view resource) const;

  // For lists; in the order of their ids.
  std::vector<const Share*> owned_by(std::string_view account) const;
  // Whatever of the account receives: also shares with single users or roles of it.
  std::vector<const Share*> all_received_by(std::string_view account, const Memberships& memberships) const;
  std::vector<PrincipalAssociation> principals_of(const Share& share) const;
  std::vector<ResourceAssociation> resources_of(const Share& share) const;
  std::vector<Invitation> invitations_to(std::string_view account) const;
  // Null when there is none.
  const Invitation* find_invitation(std::string_view arn) const;

  AssociationState state_of(const Share& share, const PrincipalAssociation& association, const Memberships& memberships,
                            base::Instant now) const;

 private:
  template <class V>
  using Map = base::SharedMap<std::string, V, base::TextHash>;
  using Ids = Map<bool>;
  using Index = Map<Ids>;
  struct Parts {
    std::optional<Share> share;
    Map<PrincipalAssociation> principals;
    Map<ResourceAssociation> resources;
    bool empty() const { return !share && principals.empty() && resources.empty(); }
  };
  using PartsPtr = std::shared_ptr<const Parts>;

  // Null: everybody of the account.
  using Principals = const std::vector<std::string>*;

  void apply_share(const std::vector<std::string>& parts, const std::optional<std::string>& value);
  void apply_principal(const std::vector<std::string>& parts, const std::optional<std::string>& value);
  void apply_resource(const std::vector<std::string>& parts, const std::optional<std::string>& value);
  void apply_invitation(const std::vector<std::string>& parts, const std::optional<std::string>& value);
  Parts copy_of(const std::string& id) const;
  void keep(const std::string& id, Parts parts);
  void index_principals(const std::string& id, const Parts* before, const Parts& after);
  const Parts* parts_of(std::string_view arn) const;
  const Parts* parts_of_id(std::string_view id) const;

  bool reaches(const Share& share, const PrincipalAssociation& association, std::string_view account,
               Principals principals, const Memberships& memberships) const;
  bool reaches(const Parts& parts, std::string_view account, Principals principals,
               const Memberships& memberships) const;
  bool is_accepted(const PrincipalAssociation& association) const;
  // Ids of shares that may reach the account, each once, in order.
  std::vector<std::string> candidates(std::string_view account, const Memberships& memberships) const;
  std::vector<const Share*> reaching(std::string_view account, Principals principals,
                                     const Memberships& memberships) const;

  Map<PartsPtr> shares_;  // by id
  Index by_owner_;
  Index by_account_;                                    // by receiving account
  Index by_group_;                                      // by the ARN of an organization or unit
  Map<std::shared_ptr<const Invitation>> invitations_;  // by id
};

}  // namespace weir::sharing
