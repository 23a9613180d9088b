// An IAM user. Its id outlives renames and is never used again.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "identity/own_policies.h"
#include "identity/tag.h"
#include "names/arn.h"

namespace weir::identity {

struct User {
  names::AccountId account;
  std::string name;  // as spelt at creation; unique without regard to case
  std::string path = "/";
  std::string id;
  base::Instant created{};
  Tags tags;
  std::optional<std::string> boundary;  // ARN of a managed policy
  OwnPolicies policies;
  std::vector<std::string> groups;  // names as their groups spell them

  std::string arn() const { return names::user_arn(account, path, name); }
};
WEIR_RECORD(User, FIELD("Account", &User::account), FIELD("Name", &User::name), FIELD("Path", &User::path),
            FIELD("Id", &User::id), FIELD("Created", &User::created), FIELD("Tags", &User::tags),
            FIELD("Boundary", &User::boundary), FIELD("Policies", &User::policies), FIELD("Groups", &User::groups))

}  // namespace weir::identity
