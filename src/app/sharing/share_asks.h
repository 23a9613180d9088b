// The questions that sharing puts to IAM, with the condition keys of the service authorization reference.
//
// A request with several principals and resources is asked about once for each pair, so that a condition on one of
// them cannot be met by another: ram:Principal, ram:ResourceArn and ram:RequestedResourceType have one value each.
//
// Threads: free functions.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "app/call.h"
#include "identity/tag.h"
#include "sharing/share.h"

namespace weir::app {

// What is to be done to a share, or to one that is to be made.
struct ShareDeed {
  std::string action;                       // "ram:AssociateResourceShare"
  const sharing::Share* share = nullptr;    // null: "*"
  std::vector<std::string> resources = {};  // ARNs
  std::vector<std::string> principals = {};
  std::optional<bool> wants_external = {};     // ram:RequestedAllowsExternalPrincipals
  identity::Tags tags = {};                    // that the request sets
  std::vector<std::string> tag_keys = {};      // that it takes away
  std::optional<std::string> permission = {};  // the ARN of a managed permission
};

std::vector<Ask> asks_about(const ShareDeed& deed);

// ram:ResourceShareName, ram:AllowsExternalPrincipals and aws:ResourceTag of a share that is there.
void describe_share(const sharing::Share& share, policy::Context& context);

}  // namespace weir::app
