// What one principal may do with one resource all in all, as grants: what decide() answers for each privilege,
// whatever it rests on (grants around the resource, LF-Tag policies, administration, IAM_ALLOWED_PRINCIPALS).
#pragma once
#include <vector>

#include "app/call.h"
#include "permissions/grant.h"
#include "permissions/principal.h"

namespace weir::app {

// A user or role is asked about with its own tags, without a session's. Of a table that shows only columns and filters,
// those are grants of their own; nothing is an empty list.
base::Result<std::vector<permissions::Grant>> effective_permissions(const Call& call, store::Transaction& tx,
                                                                    const permissions::Principal& principal,
                                                                    const permissions::Resource& resource);

}  // namespace weir::app
