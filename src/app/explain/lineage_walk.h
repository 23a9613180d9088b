// From a principal back over the records of grants: from whom it has what, and from whom they.
//
// Invariants and bounds: grant_lineage.h. What is held by a resource link is the link's: where it leads is walked by itself.
//
// Threads: the Call's.
#pragma once
#include <string>

#include "app/explain/access_question.h"
#include "app/explain/grant_lineage.h"

namespace weir::app {

// `caller`: the principal, as decide() takes it in the catalog of `subject`. Who does not administer is told of the
// principal's own grants alone.
base::Result<GrantLineage> walk_back(const Call& call, const Subject& subject, const std::string& principal,
                                     const permissions::Caller& caller, bool administers);

}  // namespace weir::app
