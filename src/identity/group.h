// An IAM group: policies for several users at once. Groups are never principals.
#pragma once
#include <string>

#include "identity/own_policies.h"
#include "names/arn.h"

namespace weir::identity {

struct Group {
  names::AccountId account;
  std::string name;
  std::string path = "/";
  std::string id;
  base::Instant created{};
  OwnPolicies policies;

  std::string arn() const { return names::group_arn(account, path, name); }
};
WEIR_RECORD(Group, FIELD("Account", &Group::account), FIELD("Name", &Group::name), FIELD("Path", &Group::path),
            FIELD("Id", &Group::id), FIELD("Created", &Group::created), FIELD("Policies", &Group::policies))

}  // namespace weir::identity
