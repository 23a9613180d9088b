// What another account's resources owe to a caller, as of one State: through which shares, and as whom.
#pragma once
#include <string_view>

#include "app/governance.h"
#include "permissions/decide.h"
#include "policy/evaluate.h"

namespace weir::app {

// `caller.received` is not looked at. Default-made where nothing is shared.
permissions::Received received_from(const State& state, std::string_view owner, const permissions::Caller& caller);

// IAM asks the owner's side, too, when the resource is another account's. For a catalog that shares something with the
// caller that is a policy that lets it reach the catalog: which of its resources, Lake Formation says. Null where it
// shares nothing, and for what is not of the catalog.
bool is_of_catalog(std::string_view action);
const policy::NamedPolicy* catalog_policy(const permissions::Caller& caller, std::string_view action);

}  // namespace weir::app
