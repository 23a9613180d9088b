// What a share is associated with: principals and resources put in and taken out, and listed for the owner.
//
// Threads: as the Call.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "app/call.h"
#include "sharing/share.h"

namespace weir::app {

enum class AssociationType { principal, resource };

struct ShownAssociation {
  std::string share;  // its ARN
  std::string share_name;
  AssociationType type = AssociationType::principal;
  std::string entity;
  sharing::AssociationState state = sharing::AssociationState::failed;
  std::string message;    // why it failed
  bool external = false;  // the principal is not in the owner's organization
  base::Instant created{};
  base::Instant updated{};
};

struct AssociationChange {
  std::string share;
  std::vector<std::string> resources = {};
  std::vector<std::string> principals = {};
  std::optional<std::string> token = {};
};
// The named associations as they are then.
base::Result<std::vector<ShownAssociation>> associate(Call& call, const AssociationChange& change);
base::Result<std::vector<ShownAssociation>> disassociate(Call& call, const AssociationChange& change);

struct AssociationFilter {
  AssociationType type = AssociationType::principal;
  std::vector<std::string> shares = {};
  std::optional<std::string> entity = {};
  std::optional<std::string> state = {};
};
base::Result<std::vector<ShownAssociation>> list_associations(Call& call, const AssociationFilter& filter);

}  // namespace weir::app
