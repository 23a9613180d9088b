// The context of a simulation: what its caller gives, in the types it says.
#pragma once
#include "app/iam/simulate.h"

namespace weir::app {

// invalid about "simulation" for a value that is not of its type, or several where one belongs.
base::Status add_facts(const std::vector<SimulatedFact>& facts, policy::Context& context);

}  // namespace weir::app
