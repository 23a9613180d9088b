// Rows chosen by several predicates together, each said once.
#pragma once
#include <vector>

#include "catalog/predicate.h"

namespace weir::permissions {

// In the order given.
catalog::PredicatePtr any_of_once(std::vector<catalog::PredicatePtr> predicates);
// In the order of their texts, so that the same predicates give the same conjunction.
catalog::PredicatePtr all_of_once(std::vector<catalog::PredicatePtr> predicates);

}  // namespace weir::permissions
