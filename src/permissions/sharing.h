// What the owner of a resource may share with other accounts and their principals: lakeformation.md 6.1, 6.2.
//
// Policies over LF-Tags below version 3: AWS passes them on through the catalog's resource policy; here they are shares
// like all others, with accounts alone.
#pragma once
#include "base/result.h"
#include "permissions/grant_change.h"

namespace weir::permissions {

// CROSS_ACCOUNT_VERSION from which on ...
inline constexpr int kVersionOfDirectShares = 3;     // principals of other accounts hold grants themselves
inline constexpr int kVersionOfSharedTags = 3;       // organizations and their units hold LF-Tag policies
inline constexpr int kVersionOfHybridResources = 4;  // what IAM_ALLOWED_PRINCIPALS holds is shared, too

// Privileges that cross to another account. Nothing else does, even where it is stored.
PrivilegeSet shareable(Level level);

// Whether the owner's grant of these makes the principal hold something in another account.
bool is_shared(const Principal& principal, const Resource& resource, std::string_view local_to);

// A grant by the owner to a principal that is_shared() is true of, before it has its share.
base::Status check_share(const GrantRequest& request, const GrantFacts& facts);
// A grant inside an account of what another shares with it.
base::Status check_passing_on(const GrantRequest& request);

}  // namespace weir::permissions
