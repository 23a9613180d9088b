// Which requests to grant are refused, and in which words: every message that starts with
// "Permissions modification is invalid." goes on to say why.
#pragma once
#include "base/result.h"
#include "permissions/grant_change.h"

namespace weir::permissions {

// Whether this principal can be granted such a thing at all: inside its account, or as another account.
base::Status check_grantee(const GrantRequest& request, const GrantFacts& facts);

// The request on its own: kinds served, privileges valid there, columns that exist, groups that may hold it.
base::Status check_request(const GrantRequest& request, const TableFacts* table);

// The request beside what the principal already holds.
base::Status check_beside(const GrantRequest& request, const GrantFacts& facts);

// The level whose privileges apply: a table may be a view or a link.
Level level_of(const Resource& resource, const TableFacts* table);

}  // namespace weir::permissions
