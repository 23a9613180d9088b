// The managed policies that are there without anybody making them (arn:aws:iam::aws:policy/...), under
// the names that documentation, Terraform modules and people's fingers know. The documents are Weir's
// own: each grants what its name promises for the services Weir serves. They cannot be changed.
//
// Threads: an immutable table made on first use.
#pragma once
#include <span>
#include <string_view>

#include "identity/managed_policy.h"

namespace weir::identity {

std::span<const ManagedPolicy> aws_managed_policies();
// Null when there is none of that ARN.
const ManagedPolicy* find_aws_managed_policy(std::string_view arn);

}  // namespace weir::identity
