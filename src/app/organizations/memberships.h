// What sharing asks of organizations, answered from one State.
//
// Threads: as the State, which must outlive it.
#pragma once
#include "identity/organizations.h"
#include "sharing/memberships.h"

namespace weir::app {

// Trusted by an organization, its members share without invitations.
inline constexpr std::string_view kSharingService = "ram.amazonaws.com";

class OrganizationMemberships final : public sharing::Memberships {
 public:
  explicit OrganizationMemberships(const identity::Organizations& organizations) : organizations_(organizations) {}

  bool are_together(std::string_view account, std::string_view other) const override;
  bool sharing_enabled(std::string_view account) const override;
  bool contains(std::string_view arn, std::string_view account) const override;
  bool is_own_organization(std::string_view arn, std::string_view account) const override;

 private:
  const identity::Organizations& organizations_;
};

}  // namespace weir::app
